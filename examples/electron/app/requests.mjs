// @ts-check
import { bytes, flag, list, nothing, object, optional, text, whole } from './shapes.mjs';

const targetName = text(223);
const port = whole(0, 65535);
const initiatorPort = whole(0, 0xffffffff);
const secret = bytes(255);
const chap = optional(object({ username: optional(text(223)), secret, mutual: flag }));

/** A portal as Windows has reported it: who asks it is a part of which one it is. */
const reportedPortal = object({
  initiatorName: text(255),
  initiatorPortNumber: initiatorPort,
  symbolicName: text(255),
  address: text(255),
  socket: port,
});

/** What the page may ask for, by operation. Nothing else gets to the initiator. */
export const REQUESTS = {
  refresh: nothing,
  connect: object({
    targetName,
    portals: optional(list(object({ address: text(255), socket: port }), 64)),
    chap,
    multipath: flag,
    persistent: flag,
  }),
  disconnect: object({ targetName, forget: flag }),
  logOut: object({ sessionId: text(40) }),
  forget: object({ targetName }),
  removeLogin: object({
    targetName,
    initiatorInstance: text(255),
    initiatorPortNumber: initiatorPort,
    targetPortal: object({ symbolicName: text(255), address: text(255), socket: port }),
  }),
  addPortal: object({ portal: text(300), chap }),
  refreshPortal: reportedPortal,
  removePortal: reportedPortal,
  setSecret: object({ secret }),
  startService: nothing,
  diagnose: nothing,
};
