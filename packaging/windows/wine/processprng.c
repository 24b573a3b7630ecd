/* For tests alone: the one function of bcryptprimitives.dll that Rust's standard library imports. Wine 8 lacks that DLL,
   every Windows since 8 has it. */

#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG bytes);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T bytes) {
    while (bytes > 0) {
        ULONG part = bytes > 0x10000 ? 0x10000 : (ULONG)bytes;
        if (!SystemFunction036(data, part)) return FALSE;
        data += part;
        bytes -= part;
    }
    return TRUE;
}
