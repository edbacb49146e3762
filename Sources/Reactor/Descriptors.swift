import CLinux

/// Has a descriptor stand for the file that `other` stands for, for all threads at once; its own is closed.
package func replace(_ descriptor: Int32, by other: Int32) throws(SystemError) {
    _ = try checked("dup3", virga_descriptor_replace(descriptor, other))
}
