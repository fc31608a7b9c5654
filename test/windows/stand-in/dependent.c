#include "dependency.h"

/* Only in the build that imports from another DLL, as Microsoft's own does. */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved) {
  (void)instance;
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) Dependency();
  return TRUE;
}
