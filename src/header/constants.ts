// The constants of iscsidsc.h under their C names, with the few of other headers that its functions need. Where C gives
// the values of an enumeration bare names (`TargetAlias`), they are the members of an object with the name of the type.

// Lengths of arrays and strings, in characters.

/** The array length of an initiator instance's name: 255 characters and NUL. */
export const MAX_ISCSI_HBANAME_LEN = 256;
/** The longest iSCSI name (IQN, EUI or NAA), without NUL: arrays have one character more. */
export const MAX_ISCSI_NAME_LEN = 223;
/** The longest alias of a target, without NUL. */
export const MAX_ISCSI_ALIAS_LEN = 255;
/** The array length of a portal's symbolic name: 255 characters and NUL. */
export const MAX_ISCSI_PORTAL_NAME_LEN = 256;
/** Used by no struct or function of the header. */
export const MAX_ISCSI_PORTAL_ALIAS_LEN = 256;
/** The array length of an address (DNS name, IPv4 or IPv6) as text: 255 characters and NUL. */
export const MAX_ISCSI_TEXT_ADDRESS_LEN = 256;
/** The array length of a portal's address: 255 characters and NUL. */
export const MAX_ISCSI_PORTAL_ADDRESS_LEN = 256;
/** Used by no struct or function of the header. */
export const MAX_ISCSI_DISCOVERY_DOMAIN_LEN = 256;
/** The array length of a RADIUS server's address: 39 characters and two NULs. */
export const MAX_RADIUS_ADDRESS_LEN = 41;
/** The array length of a device name: 259 characters and NUL. */
export const MAX_PATH = 260;

// Special values.

/** Any port of the initiator. Required where no initiator instance is named, for logins, connections and portals. */
export const ISCSI_ANY_INITIATOR_PORT = 0xffffffff;
/** All ports of the initiator, for the functions that remove, and those for IKE and tunnels. */
export const ISCSI_ALL_INITIATOR_PORTS = 0xffffffff;
/** `Version` of `ISCSI_LOGIN_OPTIONS`. */
export const ISCSI_LOGIN_OPTIONS_VERSION = 0;

// ISCSI_LOGIN_FLAGS: LoginFlags of ISCSI_LOGIN_OPTIONS. It has no bit in InformationSpecified, and always counts.

/** Refuses the login unless IPsec protects the connection. */
export const ISCSI_LOGIN_FLAG_REQUIRE_IPSEC = 0x1;
/**
 * Allows a further session with a target that already has one. Without MPIO the same disk then appears twice, and
 * writing to both can destroy its data.
 */
export const ISCSI_LOGIN_FLAG_MULTIPATH_ENABLED = 0x2;
/** Reserved. Do not set it. */
export const ISCSI_LOGIN_FLAG_RESERVED1 = 0x4;
/** Allows portal hopping. */
export const ISCSI_LOGIN_FLAG_ALLOW_PORTAL_HOPPING = 0x8;
/** The RADIUS server makes the CHAP response of this initiator. */
export const ISCSI_LOGIN_FLAG_USE_RADIUS_RESPONSE = 0x10;
/** The RADIUS server checks the CHAP response of the target. */
export const ISCSI_LOGIN_FLAG_USE_RADIUS_VERIFICATION = 0x20;

// ISCSI_LOGIN_OPTIONS_INFO_SPECIFIED: which other members of ISCSI_LOGIN_OPTIONS count.

/** `HeaderDigest` counts. */
export const ISCSI_LOGIN_OPTIONS_HEADER_DIGEST = 0x1;
/** `DataDigest` counts. */
export const ISCSI_LOGIN_OPTIONS_DATA_DIGEST = 0x2;
/** `MaximumConnections` counts. */
export const ISCSI_LOGIN_OPTIONS_MAXIMUM_CONNECTIONS = 0x4;
/** `DefaultTime2Wait` counts. */
export const ISCSI_LOGIN_OPTIONS_DEFAULT_TIME_2_WAIT = 0x8;
/** `DefaultTime2Retain` counts. */
export const ISCSI_LOGIN_OPTIONS_DEFAULT_TIME_2_RETAIN = 0x10;
/** `Username` and `UsernameLength` count. */
export const ISCSI_LOGIN_OPTIONS_USERNAME = 0x20;
/** `Password` and `PasswordLength` count. Windows never sets it in what it reports. */
export const ISCSI_LOGIN_OPTIONS_PASSWORD = 0x40;
/** `AuthType` counts. */
export const ISCSI_LOGIN_OPTIONS_AUTH_TYPE = 0x80;

// ISCSI_AUTH_TYPES

/** No authentication. */
export const ISCSI_NO_AUTH_TYPE = 0;
/** One-way CHAP: the target authenticates the initiator. */
export const ISCSI_CHAP_AUTH_TYPE = 1;
/** Mutual CHAP: the initiator authenticates the target, too, with the secret of `SetIScsiInitiatorCHAPSharedSecret`. */
export const ISCSI_MUTUAL_CHAP_AUTH_TYPE = 2;

// ISCSI_DIGEST_TYPES

/** No digest. */
export const ISCSI_DIGEST_TYPE_NONE = 0;
/** CRC32C. */
export const ISCSI_DIGEST_TYPE_CRC32C = 1;

// ISCSI_TARGET_FLAGS. The header has no name for bit 0.

/** Stores the settings of the target, and does not list it before it is discovered in another way. */
export const ISCSI_TARGET_FLAG_HIDE_STATIC_TARGET = 0x2;
/** Merges the settings with those that are stored for this static target, which are overwritten otherwise. */
export const ISCSI_TARGET_FLAG_MERGE_TARGET_INFORMATION = 0x4;

// ISCSI_SECURITY_FLAGS, of 8 bytes: IPsec only.

/** The other bits count. Without it Windows uses what is stored for the portal, else the default of the registry. */
export const ISCSI_SECURITY_FLAG_VALID = 0x1;
/** Uses IKE and IPsec. */
export const ISCSI_SECURITY_FLAG_IKE_IPSEC_ENABLED = 0x2;
/** IKE main mode. Excludes aggressive mode. */
export const ISCSI_SECURITY_FLAG_MAIN_MODE_ENABLED = 0x4;
/** IKE aggressive mode, which Microsoft's own initiator does not support. */
export const ISCSI_SECURITY_FLAG_AGGRESSIVE_MODE_ENABLED = 0x8;
/** Perfect forward secrecy. */
export const ISCSI_SECURITY_FLAG_PFS_ENABLED = 0x10;
/** IPsec transport mode. Excludes tunnel mode. */
export const ISCSI_SECURITY_FLAG_TRANSPORT_MODE_PREFERRED = 0x20;
/** IPsec tunnel mode. */
export const ISCSI_SECURITY_FLAG_TUNNEL_MODE_PREFERRED = 0x40;

/**
 * What `GetIScsiTargetInformation` returns. The buffer size is in bytes for all of them, and all but
 * `DiscoveryMechanisms` need the argument DiscoveryMechanism.
 */
export const TARGET_INFORMATION_CLASS = Object.freeze({
  /** A number of 4 bytes: `ISCSI_TCP_PROTOCOL_TYPE`. */
  ProtocolType: 0,
  /** A string. */
  TargetAlias: 1,
  /** A list of strings, to be passed on unchanged as DiscoveryMechanism. */
  DiscoveryMechanisms: 2,
  /** The number of groups, then the groups: each the number of its portals, then `ISCSI_TARGET_PORTAL` structs. */
  PortalGroups: 3,
  /** An `ISCSI_TARGET_MAPPING`. */
  PersistentTargetMappings: 4,
  /** A string, which can be empty. */
  InitiatorName: 5,
  /** The `ISCSI_TARGET_FLAG_...` of a static target, 4 bytes. */
  TargetFlags: 6,
  /** An `ISCSI_LOGIN_OPTIONS`. */
  LoginOptions: 7,
} as const);

// TARGETPROTOCOLTYPE

/** iSCSI over TCP, the only protocol. */
export const ISCSI_TCP_PROTOCOL_TYPE = 0;

// IKE_AUTHENTICATION_METHOD

/** A preshared key, the only method. */
export const IKE_AUTHENTICATION_PRESHARED_KEY_METHOD = 1;

// IKE_IDENTIFICATION_PAYLOAD_TYPE, of 1 byte, with the numbers of RFC 2407.

/** `Id` is 4 bytes in network order. */
export const ID_IPV4_ADDR = 1;
/** `Id` is a host name in ANSI, without NUL. */
export const ID_FQDN = 2;
/** `Id` is user@host in ANSI, without NUL. */
export const ID_USER_FQDN = 3;
/** `Id` is 16 bytes in network order. */
export const ID_IPV6_ADDR = 5;

/** `Type` of `ISCSI_SESSION_INFO_EX`. The name is that of the WMI type. */
export const LOGINSESSIONTYPE = Object.freeze({
  /** SendTargets only. */
  Discovery: 0,
  /** Windows shows none of its LUNs. */
  Informational: 1,
  /** A normal session. */
  Data: 2,
  /** The session of the disk from which Windows has started. */
  Boot: 3,
} as const);

/** The status of a SCSI command, 1 byte, with the names of the SCSI standard (SAM). */
export const SCSI_STATUS = Object.freeze({
  /** The command has succeeded. */
  GOOD: 0x00,
  /** The command has failed. Only with this status the sense data count. */
  CHECK_CONDITION: 0x02,
  /** The condition of the command is met: it has succeeded, too. */
  CONDITION_MET: 0x04,
  /** Try again later. */
  BUSY: 0x08,
  /** Obsolete. */
  INTERMEDIATE: 0x10,
  /** Obsolete. */
  INTERMEDIATE_CONDITION_MET: 0x14,
  /** Another host holds a reservation. */
  RESERVATION_CONFLICT: 0x18,
  /** Obsolete. */
  COMMAND_TERMINATED: 0x22,
  /** The task set is full. */
  QUEUE_FULL: 0x28,
} as const);

/** The bits of the argument EvpdCmddt of `SendScsiInquiry`, which is byte 1 of the command. */
export const EVPD_CMDDT = Object.freeze({
  /** Returns the vital product data page of PageCode. */
  EVPD: 0x1,
  /** Command support data. Obsolete. */
  CMDDT: 0x2,
} as const);
