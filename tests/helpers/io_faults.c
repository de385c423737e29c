/* Makes the n-th write or sync of a database file fail, for this process. Preloaded; armed by io_fault_arm. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { SYNC = 1, WRITE = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int armed, wanted, code, forever, seen, failed;

/* Fail the n-th call of that kind with this errno, and with `on` every later one, too; kind 0 disarms. */
void io_fault_arm(int kind, int n, int error, int on) {
    pthread_mutex_lock(&lock);
    armed = kind; wanted = n; code = error; forever = on; seen = failed = 0;
    pthread_mutex_unlock(&lock);
}

int io_fault_failed(void) { return failed; }

static int ours(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, ".sqlite3") != NULL && strstr(path, "-shm") == NULL;
}

static int fails(int kind, int fd) {
    int result = 0;
    if (armed == kind && ours(fd)) {
        pthread_mutex_lock(&lock);
        seen++;
        if (armed == kind && (seen == wanted || (forever && seen > wanted))) { failed++; result = code; }
        pthread_mutex_unlock(&lock);
    }
    return result;
}

#define NEXT(name) static __typeof__(&name) next; if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

int fsync(int fd) {
    NEXT(fsync);
    int error = fails(SYNC, fd);
    if (error) { errno = error; return -1; }
    return next(fd);
}

int fdatasync(int fd) {
    NEXT(fdatasync);
    int error = fails(SYNC, fd);
    if (error) { errno = error; return -1; }
    return next(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
    NEXT(pwrite64);
    int error = fails(WRITE, fd);
    if (error == ENOSPC && count > 1) return next(fd, data, count / 2, at); /* a short write, as on a full disk */
    if (error) { errno = error; return -1; }
    return next(fd, data, count, at);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at) { return pwrite64(fd, data, count, at); }
