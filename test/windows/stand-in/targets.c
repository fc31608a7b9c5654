#include "strings.h"

STRINGS_ANSWER(ReportIScsiTargetsA, ANSI, targets, text_target_name, BufferSize, Buffer)
STRINGS_ANSWER(ReportIScsiTargetsW, WIDE, targets, text_target_name, BufferSize, Buffer)
