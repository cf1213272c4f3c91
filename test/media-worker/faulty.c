/*
 * Preloaded into the media worker: makes its system calls that send fail now and then, the way a busy kernel or a
 * network card without checksum offload does. What is refused is not sent; what is said to be sent has been sent.
 * FAULTY_REPORT names a file that holds the counts, nine 64-bit integers in this order. With FAULTY_EIO segmentation is
 * refused as well. The same "random" choices every time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static struct counts {
	int64_t calls, messages, segmented, again, interrupted, partial, io, single, singleAgain;
} *counts;

/* The worker ends without running destructors, so the counts are in the file all the time. */
__attribute__((constructor)) static void open_report(void)
{
	int fd = open(getenv("FAULTY_REPORT"), O_RDWR | O_CREAT, 0600);

	if (fd < 0 || ftruncate(fd, sizeof(struct counts)) != 0)
		abort();

	counts = mmap(NULL, sizeof(struct counts), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);

	if (counts == MAP_FAILED)
		abort();
}

static unsigned percent(void)
{
	static unsigned state = 12345;

	state = state * 1103515245 + 12345;

	return ((state >> 8) & 0xffff) % 100;
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned number, int flags)
{
	static int (*real)(int, struct mmsghdr *, unsigned, int);
	unsigned choice = percent();

	if (!real)
		real = dlsym(RTLD_NEXT, "sendmmsg");

	counts->calls++;
	counts->messages += number;
	for (unsigned i = 0; i < number; i++)
		counts->segmented += messages[i].msg_hdr.msg_iovlen > 1;

	if (choice < 10) {
		counts->again++;
		errno = EAGAIN;
		return -1;
	}
	if (choice < 13) {
		counts->interrupted++;
		errno = EINTR;
		return -1;
	}
	/* Late enough that segmentation has been used before. */
	if (getenv("FAULTY_EIO") && counts->calls > 50 && messages[0].msg_hdr.msg_iovlen > 1 && choice < 20) {
		counts->io++;
		errno = EIO;
		return -1;
	}
	if (choice < 45 && number > 1) {
		counts->partial++;
		number = 1 + percent() % (number - 1);
	}

	return real(fd, messages, number, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	static ssize_t (*real)(int, const struct msghdr *, int);

	if (!real)
		real = dlsym(RTLD_NEXT, "sendmsg");

	counts->single++;
	if (percent() < 30) {
		counts->singleAgain++;
		errno = EAGAIN;
		return -1;
	}

	return real(fd, message, flags);
}
