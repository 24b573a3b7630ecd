/* For tests alone: hold.exe FILE MILLISECONDS holds a file open and lets nobody else at it, as virus scanners and sync
   programs do. Says "held" once it does. */

#include <windows.h>
#include <stdio.h>

int wmain(int count, wchar_t **arguments) {
    if (count != 3) return 2;
    HANDLE file = CreateFileW(arguments[1], GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 1;
    puts("held");
    fflush(stdout);
    Sleep((DWORD)_wtoi(arguments[2]));
    CloseHandle(file);
    return 0;
}
