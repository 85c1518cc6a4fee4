"""System calls that no honest notebook makes and that would escape the sandbox's accounts.

Memory behind `memfd_create`, `vmsplice` or System V is counted as no process's own; keyrings and queues
outlive a process; the others are the usual ways into a kernel. They fail with EPERM.
"""

from __future__ import annotations

import errno
import struct

# Names and numbers from Linux' syscall tables, for x86_64 and for aarch64.
REFUSED = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "perf_event_open": (298, 241),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "request_key": (249, 218),
    "semget": (64, 190),
    "shmget": (29, 194),
    "userfaultfd": (323, 282),
    "vmsplice": (278, 75),
}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, AUDIT_ARCH
X32 = 0x40000000  # numbers from here on are a second table of x86_64

# From <linux/bpf_common.h> and <linux/seccomp.h>.
LOAD, JUMP_IF_EQUAL, JUMP_IF_NOT_BELOW, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
NUMBER, ARCHITECTURE = 0, 4  # offsets in struct seccomp_data


def program(machine: str) -> bytes:
    """The filter in the kernel's own form, for bubblewrap's --seccomp; b"" for other machines."""
    if machine not in MACHINES:
        return b""
    column, architecture = MACHINES[machine]
    refused = [numbers[column] for numbers in REFUSED.values()]
    # Each line: operation, lines to skip if true, if false, operand. The last line refuses.
    lines = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 0, len(refused) + 3, architecture),
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_NOT_BELOW, len(refused) + 1, 0, X32),
        *((JUMP_IF_EQUAL, len(refused) - i, 0, number) for i, number in enumerate(refused)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
