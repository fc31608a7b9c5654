#ifndef DEPENDENCY_H
#define DEPENDENCY_H

#include <windows.h>

void WINAPI Dependency(void);

#endif
