#ifndef IDS_H
#define IDS_H

#include "abi.h"

/* Sessions are numbered from 0, and connections within their session. */
ISCSI_UNIQUE_SESSION_ID session_id(ULONG i);
ISCSI_UNIQUE_CONNECTION_ID connection_id(ULONG i, ULONG j);

/* The number in the id of a session, which need not be aligned. */
ULONG session_number(const ISCSI_UNIQUE_SESSION_ID *id);

#endif
