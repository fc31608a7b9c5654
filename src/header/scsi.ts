// Names of the SCSI standards (SPC, SAM and SBC), from the lists that T10 publishes: numbers and their meaning. Codes
// that are not here come out as numbers.

/** Peripheral device types, of INQUIRY. */
export const PERIPHERAL_TYPES = {
  0: 'disk',
  1: 'tape',
  2: 'printer',
  3: 'processor',
  4: 'writeOnce',
  5: 'cdDvd',
  6: 'scanner',
  7: 'opticalMemory',
  8: 'mediumChanger',
  9: 'communications',
  12: 'storageArrayController',
  13: 'enclosureServices',
  14: 'simplifiedDisk',
  15: 'opticalCard',
  16: 'bridgeController',
  17: 'objectStorage',
  18: 'automationDriveInterface',
  19: 'securityManager',
  20: 'zonedDisk',
  30: 'wellKnownLun',
  31: 'unknown',
} as const;

/** Protocol identifiers. */
export const SCSI_PROTOCOLS = {
  0: 'fibreChannel',
  1: 'parallelScsi',
  2: 'ssa',
  3: 'ieee1394',
  4: 'rdma',
  5: 'iscsi',
  6: 'sas',
  7: 'automationDriveInterface',
  8: 'ata',
  9: 'usb',
  10: 'scsiOverPcie',
  11: 'pcie',
  15: 'none',
} as const;

/** The status of a command. */
export const SCSI_STATUSES = {
  0: 'good',
  2: 'checkCondition',
  4: 'conditionMet',
  8: 'busy',
  24: 'reservationConflict',
  40: 'taskSetFull',
  48: 'acaActive',
  64: 'taskAborted',
} as const;

/** Sense keys. */
export const SENSE_KEYS = {
  0: 'noSense',
  1: 'recoveredError',
  2: 'notReady',
  3: 'mediumError',
  4: 'hardwareError',
  5: 'illegalRequest',
  6: 'unitAttention',
  7: 'dataProtect',
  8: 'blankCheck',
  9: 'vendorSpecific',
  10: 'copyAborted',
  11: 'abortedCommand',
  13: 'volumeOverflow',
  14: 'miscompare',
  15: 'completed',
} as const;
