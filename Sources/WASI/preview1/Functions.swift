import Wasm

extension Preview1 {
    /// A function that guests may import.
    struct Definition {
        let name: String
        let type: FunctionType
        /// What it gives that belongs to one run; nil for none.
        let effect: HostEffect?
        let body: (Preview1) -> (borrowing Caller) throws(Failure) -> Void

        /// `parameters` has an `i` for each i32 and an `I` for each i64; the result is an error code.
        init(
            _ name: String,
            _ parameters: String,
            _ effect: HostEffect?,
            hasResult: Bool = true,
            _ body: @escaping (Preview1) -> (borrowing Caller) throws(Failure) -> Void
        ) {
            self.name = name
            type = FunctionType(
                parameters: parameters.map { $0 == "I" ? .i64 : .i32 },
                results: hasResult ? [.i32] : []
            )
            self.effect = effect
            self.body = body
        }
    }

    /// All functions of preview 1, in the specification's order.
    static var functions: [Definition] {
        [
            Definition("args_get", "ii", .environment, Preview1.argsGet),
            Definition("args_sizes_get", "ii", .environment, Preview1.argsSizesGet),
            Definition("environ_get", "ii", .environment, Preview1.environGet),
            Definition("environ_sizes_get", "ii", .environment, Preview1.environSizesGet),
            Definition("clock_res_get", "ii", .time, Preview1.clockResGet),
            Definition("clock_time_get", "iIi", .time, Preview1.clockTimeGet),
            Definition("fd_advise", "iIIi", .resource, Preview1.fdAdvise),
            Definition("fd_allocate", "iII", .resource, Preview1.fdAllocate),
            Definition("fd_close", "i", .resource, Preview1.fdClose),
            Definition("fd_datasync", "i", .resource, Preview1.fdDatasync),
            Definition("fd_fdstat_get", "ii", .resource, Preview1.fdFdstatGet),
            Definition("fd_fdstat_set_flags", "ii", .resource, Preview1.fdFdstatSetFlags),
            Definition("fd_fdstat_set_rights", "iII", .resource, Preview1.fdFdstatSetRights),
            Definition("fd_filestat_get", "ii", .resource, Preview1.fdFilestatGet),
            Definition("fd_filestat_set_size", "iI", .resource, Preview1.fdFilestatSetSize),
            Definition("fd_filestat_set_times", "iIIi", .resource, Preview1.fdFilestatSetTimes),
            Definition("fd_pread", "iiiIi", .resource, Preview1.fdPread),
            Definition("fd_prestat_get", "ii", .resource, Preview1.fdPrestatGet),
            Definition("fd_prestat_dir_name", "iii", .resource, Preview1.fdPrestatDirName),
            Definition("fd_pwrite", "iiiIi", .resource, Preview1.fdPwrite),
            Definition("fd_read", "iiii", .resource, Preview1.fdRead),
            Definition("fd_readdir", "iiiIi", .resource, Preview1.fdReaddir),
            Definition("fd_renumber", "ii", .resource, Preview1.fdRenumber),
            Definition("fd_seek", "iIii", .resource, Preview1.fdSeek),
            Definition("fd_sync", "i", .resource, Preview1.fdSync),
            Definition("fd_tell", "ii", .resource, Preview1.fdTell),
            Definition("fd_write", "iiii", .resource, Preview1.fdWrite),
            Definition("path_create_directory", "iii", .resource, Preview1.pathCreateDirectory),
            Definition("path_filestat_get", "iiiii", .resource, Preview1.pathFilestatGet),
            Definition(
                "path_filestat_set_times",
                "iiiiIIi",
                .resource,
                Preview1.pathFilestatSetTimes
            ),
            Definition("path_link", "iiiiiii", .resource, Preview1.pathLink),
            Definition("path_open", "iiiiiIIii", .resource, Preview1.pathOpen),
            Definition("path_readlink", "iiiiii", .resource, Preview1.pathReadlink),
            Definition("path_remove_directory", "iii", .resource, Preview1.pathRemoveDirectory),
            Definition("path_rename", "iiiiii", .resource, Preview1.pathRename),
            Definition("path_symlink", "iiiii", .resource, Preview1.pathSymlink),
            Definition("path_unlink_file", "iii", .resource, Preview1.pathUnlinkFile),
            Definition("poll_oneoff", "iiii", .time, Preview1.pollOneoff),
            Definition("proc_exit", "i", .environment, hasResult: false, Preview1.procExit),
            Definition("proc_raise", "i", nil, Preview1.procRaise),
            Definition("sched_yield", "", .time, Preview1.schedYield),
            Definition("random_get", "ii", .randomness, Preview1.randomGet),
            Definition("sock_accept", "iii", .resource, Preview1.sockAccept),
            Definition("sock_recv", "iiiiii", .resource, Preview1.sockRecv),
            Definition("sock_send", "iiiii", .resource, Preview1.sockSend),
            Definition("sock_shutdown", "ii", .resource, Preview1.sockShutdown),
        ]
    }
}
