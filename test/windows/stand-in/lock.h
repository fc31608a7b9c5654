#ifndef LOCK_H
#define LOCK_H

#include <windows.h>

extern SRWLOCK lock;

#endif
