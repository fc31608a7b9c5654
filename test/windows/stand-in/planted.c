#include <windows.h>

/* Only in the build that tests plant where it must never be loaded from. */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved) {
  (void)instance;
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) SetEnvironmentVariableW(L"ISCSIDSC_PLANTED_LOADED", L"1");
  return TRUE;
}
