/* What `import Glibc` lacks, by area. */
#include "CLinuxEvents.h"
#include "CLinuxMemory.h"
#include "CLinuxSystem.h"
