/* Stands between a program and the disk (LD_PRELOAD): writes down what is done to files below one folder, and
 * makes chosen calls fail as a full disk or a pulled stick would. Only for tests; driven through the functions
 * at the end by the program it is loaded into. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FILES 4096
#define EXPORTED __attribute__((visibility("default")))
#define REAL(name) ((__typeof__(&name))real(#name))

enum kind { WRITES = 1, SYNCS = 2, NAMES = 4, READS = 8, REMOVALS = 16 };

static char watched[PATH_MAX];
static int log_file = -1;
static uint32_t handle_of[MOST_FILES]; /* 0: not watched */
static uint32_t newest_handle;
static long counted, fail_from, fail_until;
static int fail_with, fail_kinds, fail_torn;
static pthread_mutex_t one_at_a_time = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

/* What is written down: kind, handle, offset or size, two byte strings. */
static void note(char kind, uint32_t handle, int64_t number, const void *a, uint32_t a_size, const void *b,
                 uint32_t b_size) {
    if (log_file < 0)
        return;
    char head[21];
    head[0] = kind;
    memcpy(head + 1, &handle, 4);
    memcpy(head + 5, &number, 8);
    memcpy(head + 13, &a_size, 4);
    memcpy(head + 17, &b_size, 4);
    syscall(SYS_write, log_file, head, sizeof head);
    if (a_size)
        syscall(SYS_write, log_file, a, a_size);
    if (b_size)
        syscall(SYS_write, log_file, b, b_size);
}

static void note_names(char kind, uint32_t handle, int64_t number, const char *a, const char *b) {
    note(kind, handle, number, a, (uint32_t)strlen(a), b, b ? (uint32_t)strlen(b) : 0);
}

/* The whole path of what a call names; false when it is not below the watched folder. */
static int below(int folder, const char *path, char *whole) {
    if (!watched[0] || !path)
        return 0;
    if (path[0] == '/') {
        snprintf(whole, PATH_MAX, "%s", path);
    } else {
        char start[PATH_MAX], link[64];
        if (folder == AT_FDCWD) {
            if (!getcwd(start, sizeof start))
                return 0;
        } else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t size = readlink(link, start, sizeof start - 1);
            if (size < 0)
                return 0;
            start[size] = 0;
        }
        if (snprintf(whole, PATH_MAX, "%s/%s", start, path) >= PATH_MAX)
            return 0;
    }
    size_t size = strlen(watched);
    return !strncmp(whole, watched, size) && (whole[size] == '/' || !whole[size]);
}

static uint32_t handle(int file) { return file >= 0 && file < MOST_FILES ? handle_of[file] : 0; }

/* Count a call; true when it is one of those that must fail. */
static int fails(int kind) {
    if (!(fail_kinds & kind))
        return 0;
    long number = ++counted;
    if (!fail_with || number < fail_from || (fail_until && number > fail_until))
        return 0;
    errno = fail_with;
    return 1;
}

static int opened(int file, const char *path, int flags, int was_there) {
    if (file >= 0 && file < MOST_FILES) {
        struct stat found;
        handle_of[file] = ++newest_handle;
        if (!fstat(file, &found) && S_ISDIR(found.st_mode)) {
            note_names('D', newest_handle, 0, path, NULL);
        } else {
            note_names(was_there ? 'O' : 'C', newest_handle, 0, path, NULL);
            if (was_there && (flags & O_TRUNC))
                note('T', newest_handle, 0, NULL, 0, NULL, 0);
        }
    }
    return file;
}

static int opening(int folder, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    if (!below(folder, path, whole)) {
        int file = REAL(openat)(folder, path, flags, mode);
        if (file >= 0 && file < MOST_FILES)
            handle_of[file] = 0;
        return file;
    }
    pthread_mutex_lock(&one_at_a_time);
    struct stat found;
    int was_there = !stat(whole, &found), file = -1;
    int kind = (flags & O_CREAT) && !was_there ? NAMES : READS;
    if (!fails(kind)) {
        file = REAL(openat)(folder, path, flags, mode);
        opened(file, whole, flags, was_there);
    }
    pthread_mutex_unlock(&one_at_a_time);
    return file;
}

#define MODE_OF(flags)                                                                                       \
    mode_t mode = 0;                                                                                         \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                                     \
        va_list rest;                                                                                        \
        va_start(rest, flags);                                                                               \
        mode = va_arg(rest, mode_t);                                                                         \
        va_end(rest);                                                                                        \
    }

EXPORTED int open(const char *path, int flags, ...) { MODE_OF(flags) return opening(AT_FDCWD, path, flags, mode); }
EXPORTED int open64(const char *path, int flags, ...) { MODE_OF(flags) return opening(AT_FDCWD, path, flags, mode); }
EXPORTED int openat(int folder, const char *path, int flags, ...) { MODE_OF(flags) return opening(folder, path, flags, mode); }
EXPORTED int openat64(int folder, const char *path, int flags, ...) { MODE_OF(flags) return opening(folder, path, flags, mode); }
EXPORTED int __open_2(const char *path, int flags) { return opening(AT_FDCWD, path, flags, 0); }
EXPORTED int __open64_2(const char *path, int flags) { return opening(AT_FDCWD, path, flags, 0); }

EXPORTED int close(int file) {
    if (file >= 0 && file < MOST_FILES)
        handle_of[file] = 0;
    return REAL(close)(file);
}

static ssize_t writing(int file, const void *bytes, size_t size, off_t offset, int at_offset) {
    uint32_t known = handle(file);
    if (!known)
        return at_offset ? REAL(pwrite)(file, bytes, size, offset) : REAL(write)(file, bytes, size);
    pthread_mutex_lock(&one_at_a_time);
    ssize_t done = -1;
    off_t place = at_offset ? offset : lseek(file, 0, SEEK_CUR);
    if (fails(WRITES)) {
        int reason = errno;
        /* A disk that fills up takes the first half of what stands on its edge. */
        if (fail_torn && counted == fail_from && size > 1)
            done = at_offset ? REAL(pwrite)(file, bytes, size / 2, offset) : REAL(write)(file, bytes, size / 2);
        errno = reason;
    } else {
        done = at_offset ? REAL(pwrite)(file, bytes, size, offset) : REAL(write)(file, bytes, size);
    }
    if (done > 0)
        note('W', known, place, bytes, (uint32_t)done, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

EXPORTED ssize_t write(int file, const void *bytes, size_t size) { return writing(file, bytes, size, 0, 0); }
EXPORTED ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) { return writing(file, bytes, size, at, 1); }
EXPORTED ssize_t pwrite64(int file, const void *bytes, size_t size, off_t at) { return writing(file, bytes, size, at, 1); }

EXPORTED ssize_t read(int file, void *bytes, size_t size) {
    return handle(file) && fails(READS) ? -1 : REAL(read)(file, bytes, size);
}
EXPORTED ssize_t pread(int file, void *bytes, size_t size, off_t at) {
    return handle(file) && fails(READS) ? -1 : REAL(pread)(file, bytes, size, at);
}
EXPORTED ssize_t pread64(int file, void *bytes, size_t size, off_t at) { return pread(file, bytes, size, at); }

static int truncating(int file, off_t size) {
    uint32_t known = handle(file);
    /* Giving room back never fills a disk. */
    if (known && fail_with != ENOSPC && fails(WRITES))
        return -1;
    int done = REAL(ftruncate)(file, size);
    if (known && !done)
        note('T', known, size, NULL, 0, NULL, 0);
    return done;
}
EXPORTED int ftruncate(int file, off_t size) { return truncating(file, size); }
EXPORTED int ftruncate64(int file, off_t size) { return truncating(file, size); }

static int syncing(int file) {
    uint32_t known = handle(file);
    if (known && fails(SYNCS))
        return -1;
    /* The real disk need not be waited for: what counts is what was asked. */
    if (known)
        note('S', known, 0, NULL, 0, NULL, 0);
    return 0;
}
EXPORTED int fsync(int file) { return syncing(file); }
EXPORTED int fdatasync(int file) { return syncing(file); }

/* Ways to copy that pass this by: refused, so that the program takes the plain way. */
EXPORTED ssize_t sendfile64(int to, int from, off_t *at, size_t size) {
    (void)to, (void)from, (void)at, (void)size;
    errno = EINVAL;
    return -1;
}
EXPORTED ssize_t sendfile(int to, int from, off_t *at, size_t size) { return sendfile64(to, from, at, size); }
EXPORTED ssize_t copy_file_range(int from, off_t *a, int to, off_t *b, size_t size, unsigned flags) {
    (void)from, (void)a, (void)to, (void)b, (void)size, (void)flags;
    errno = EXDEV;
    return -1;
}

#define NAMED(folder, path, kind, sort, call)                                                                      \
    char whole[PATH_MAX];                                                                                    \
    int known = below(folder, path, whole);                                                                  \
    if (known && fails(sort))                                                                                \
        return -1;                                                                                           \
    int done = call;                                                                                         \
    if (known && !done)                                                                                      \
        note_names(kind, 0, 0, whole, NULL);                                                                 \
    return done;

EXPORTED int unlink(const char *path) { NAMED(AT_FDCWD, path, 'U', REMOVALS, REAL(unlink)(path)) }
EXPORTED int rmdir(const char *path) { NAMED(AT_FDCWD, path, 'U', REMOVALS, REAL(rmdir)(path)) }
EXPORTED int unlinkat(int folder, const char *path, int flags) { NAMED(folder, path, 'U', REMOVALS, REAL(unlinkat)(folder, path, flags)) }
EXPORTED int mkdir(const char *path, mode_t mode) { NAMED(AT_FDCWD, path, 'M', NAMES, REAL(mkdir)(path, mode)) }
EXPORTED int mkdirat(int folder, const char *path, mode_t mode) { NAMED(folder, path, 'M', NAMES, REAL(mkdirat)(folder, path, mode)) }

EXPORTED int rename(const char *from, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    int known = below(AT_FDCWD, from, old) & below(AT_FDCWD, to, new);
    if (known && fails(NAMES))
        return -1;
    int done = REAL(rename)(from, to);
    if (known && !done)
        note_names('R', 0, 0, old, new);
    return done;
}

/* What the program under test calls. */
EXPORTED void shim_watch(const char *folder) { snprintf(watched, sizeof watched, "%s", folder); }
EXPORTED int shim_log_to(const char *path) {
    log_file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return log_file;
}
EXPORTED void shim_mark(const char *words) { note_names('A', 0, 0, words, NULL); }
EXPORTED void shim_fail(long from, long until, int with, int kinds, int torn) {
    counted = 0;
    fail_from = from, fail_until = until, fail_with = with, fail_kinds = kinds, fail_torn = torn;
}
EXPORTED long shim_count(void) { return counted; }
