// A service that does nothing: `service.exe START_MS EXIT_CODE`. It takes so many milliseconds to start, and ends with
// that error in place of running if it is not 0.
#include <stdlib.h>
#include <windows.h>

static SERVICE_STATUS_HANDLE status_handle;
static HANDLE stop_event;
static DWORD start_ms, exit_code;

static void report(DWORD state, DWORD error) {
    SERVICE_STATUS status = {
        .dwServiceType = SERVICE_WIN32_OWN_PROCESS,
        .dwCurrentState = state,
        .dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0,
        .dwWin32ExitCode = error,
        .dwWaitHint = state == SERVICE_START_PENDING ? start_ms + 1000 : 0,
    };
    SetServiceStatus(status_handle, &status);
}

static DWORD WINAPI on_control(DWORD control, DWORD event_type, void *event_data, void *context) {
    (void)event_type, (void)event_data, (void)context;
    if (control == SERVICE_CONTROL_STOP) {
        SetEvent(stop_event);
        return NO_ERROR;
    }
    return control == SERVICE_CONTROL_INTERROGATE ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
}

static void WINAPI service_main(DWORD argc, WCHAR **argv) {
    (void)argc;
    status_handle = RegisterServiceCtrlHandlerExW(argv[0], on_control, NULL);
    if (status_handle == NULL) return;
    report(SERVICE_START_PENDING, NO_ERROR);
    Sleep(start_ms);
    if (exit_code == NO_ERROR) {
        report(SERVICE_RUNNING, NO_ERROR);
        WaitForSingleObject(stop_event, INFINITE);
    }
    report(SERVICE_STOPPED, exit_code);
}

int main(int argc, char **argv) {
    WCHAR name[] = L"MSiSCSI";
    SERVICE_TABLE_ENTRYW table[] = {{name, service_main}, {NULL, NULL}};
    if (argc > 1) start_ms = strtoul(argv[1], NULL, 10);
    if (argc > 2) exit_code = strtoul(argv[2], NULL, 10);
    stop_event = CreateEventW(NULL, TRUE, FALSE, NULL);
    return stop_event != NULL && StartServiceCtrlDispatcherW(table) ? 0 : 1;
}
