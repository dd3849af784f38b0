/* Faults at the N-th call that changes a file below a folder: the process dies there (crash, or in
 * the middle of a write: torn), the call fails once (eio), or the disk stays full (enospc).
 * Loaded with LD_PRELOAD; fault_arm() begins to count, fault_count() says how many there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { GO_ON, FAIL, TEAR };
static char folder[512];
static const char *names[] = {"crash", "torn", "eio", "enospc"};
static int mode = -1;
static long at, seen;

void fault_arm(const char *where, const char *kind, long point) {
    strncpy(folder, where, sizeof folder - 1);
    mode = -1;
    for (int i = 0; i < 4; i++) if (!strcmp(kind, names[i])) mode = i;
    at = point;
    seen = 0;
}
long fault_count(void) { return seen; }

static int below(const char *path) { return folder[0] && !strncmp(path, folder, strlen(folder)); }
static int ours(int fd) {
    char link[64], path[512];
    if (!folder[0] || fd < 3) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return below(path);
}
static int hit(void) {
    seen++;
    if (mode < 0 || seen < at || (mode != 3 && seen > at)) return GO_ON;
    if (mode == 0) _exit(137);
    if (mode == 1) return TEAR;
    errno = mode == 2 ? EIO : ENOSPC;
    return FAIL;
}
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size) {
    int what = ours(fd) ? hit() : GO_ON;
    if (what == FAIL) return -1;
    if (what == TEAR) { REAL(write)(fd, data, size / 2); _exit(137); }
    return REAL(write)(fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) {
    int what = ours(fd) ? hit() : GO_ON;
    if (what == FAIL) return -1;
    if (what == TEAR) { REAL(pwrite64)(fd, data, size / 2, place); _exit(137); }
    return REAL(pwrite64)(fd, data, size, place);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) {
    return pwrite64(fd, data, size, place);
}
/* A full disk still flushes, cuts, and removes. */
#define STOPS(condition) { int what = (condition) ? hit() : GO_ON; \
    if (what == TEAR) _exit(137); if (what == FAIL && mode == 2) return -1; }
int fsync(int fd) { STOPS(ours(fd)); return REAL(fsync)(fd); }
int fdatasync(int fd) { STOPS(ours(fd)); return REAL(fdatasync)(fd); }
int ftruncate64(int fd, off64_t size) { STOPS(ours(fd)); return REAL(ftruncate64)(fd, size); }
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int unlink(const char *path) { STOPS(below(path)); return REAL(unlink)(path); }
int rename(const char *from, const char *to) {
    int what = below(from) ? hit() : GO_ON;
    if (what == FAIL) return -1;
    if (what == TEAR) _exit(137);
    return REAL(rename)(from, to);
}
