/* What `import Glibc` lacks for memory: files in memory, seals, page faults of a thread.
   Each call returns what the kernel gave, or the negated errno. */
#ifndef VIRGA_CLINUX_MEMORY_H
#define VIRGA_CLINUX_MEMORY_H

/* A file in memory that seals can be set on. */
int virga_image_create(void);
/* Nothing may change the file or its size from now on. */
int virga_image_seal(int fd);
/* Page faults of the calling thread, with and without input. */
long virga_thread_faults(void);
/* Bytes of the heap that are in use. */
long virga_heap_bytes(void);

#endif
