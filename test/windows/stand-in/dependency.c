#include "dependency.h"

/* A DLL of its own, dependency.dll, from which dependent.c imports. */
__declspec(dllexport) void WINAPI Dependency(void) {}
