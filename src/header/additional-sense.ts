// Additional sense codes, with their qualifiers, from the list that T10 publishes.

// A code with its qualifier, and its text: 0401 is code 0x04, qualifier 0x01. Most programs never ask for one: a table of
// arrays would take longer than any other module whenever the package is imported.
const TABLE = `
0000 No additional sense information
0001 Filemark detected
0002 End-of-partition/medium detected
0003 Setmark detected
0004 Beginning-of-partition/medium detected
0005 End-of-data detected
0006 I/O process terminated
0007 Programmable early warning detected
0011 Audio play operation in progress
0012 Audio play operation paused
0013 Audio play operation successfully completed
0014 Audio play operation stopped due to error
0015 No current audio status to return
0016 Operation in progress
0017 Cleaning requested
0018 Erase operation in progress
0019 Locate operation in progress
001a Rewind operation in progress
001b Set capacity operation in progress
001c Verify operation in progress
001d ATA pass through information available
001e Conflicting SA creation request
001f Logical unit transitioning to another power condition
0020 Extended copy information available
0021 Atomic command aborted due to ACA
0022 Deferred microcode is pending
0100 No index/sector signal
0200 No seek complete
0300 Peripheral device write fault
0301 No write current
0302 Excessive write errors
0400 Logical unit not ready, cause not reportable
0401 Logical unit is in process of becoming ready
0402 Logical unit not ready, initializing command required
0403 Logical unit not ready, manual intervention required
0404 Logical unit not ready, format in progress
0405 Logical unit not ready, rebuild in progress
0406 Logical unit not ready, recalculation in progress
0407 Logical unit not ready, operation in progress
0408 Logical unit not ready, long write in progress
0409 Logical unit not ready, self-test in progress
040a Logical unit not accessible, asymmetric access state transition
040b Logical unit not accessible, target port in standby state
040c Logical unit not accessible, target port in unavailable state
040d Logical unit not ready, structure check required
040e Logical unit not ready, security session in progress
0410 Logical unit not ready, auxiliary memory not accessible
0411 Logical unit not ready, notify (enable spinup) required
0412 Logical unit not ready, offline
0413 Logical unit not ready, SA creation in progress
0414 Logical unit not ready, space allocation in progress
0415 Logical unit not ready, robotics disabled
0416 Logical unit not ready, configuration required
0417 Logical unit not ready, calibration required
0418 Logical unit not ready, a door is open
0419 Logical unit not ready, operating in sequential mode
041a Logical unit not ready, start stop unit command in progress
041b Logical unit not ready, sanitize in progress
041c Logical unit not ready, additional power use not yet granted
041d Logical unit not ready, configuration in progress
041e Logical unit not ready, microcode activation required
041f Logical unit not ready, microcode download required
0420 Logical unit not ready, logical unit reset required
0421 Logical unit not ready, hard reset required
0422 Logical unit not ready, power cycle required
0423 Logical unit not ready, affiliation required
0424 Depopulation in progress
0425 Depopulation restoration in progress
0500 Logical unit does not respond to selection
0600 No reference position found
0700 Multiple peripheral devices selected
0800 Logical unit communication failure
0801 Logical unit communication time-out
0802 Logical unit communication parity error
0803 Logical unit communication CRC error (Ultra-DMA/32)
0804 Unreachable copy target
0900 Track following error
0901 Tracking servo failure
0902 Focus servo failure
0903 Spindle servo failure
0904 Head select fault
0905 Vibration induced tracking error
0a00 Error log overflow
0b00 Warning
0b01 Warning - specified temperature exceeded
0b02 Warning - enclosure degraded
0b03 Warning - background self-test failed
0b04 Warning - background pre-scan detected medium error
0b05 Warning - background medium scan detected medium error
0b06 Warning - non-volatile cache now volatile
0b07 Warning - degraded power to non-volatile cache
0b08 Warning - power loss expected
0b09 Warning - device statistics notification active
0b0a Warning - high critical temperature limit exceeded
0b0b Warning - low critical temperature limit exceeded
0b0c Warning - high operating temperature limit exceeded
0b0d Warning - low operating temperature limit exceeded
0b0e Warning - high critical humidity limit exceeded
0b0f Warning - low critical humidity limit exceeded
0b10 Warning - high operating humidity limit exceeded
0b11 Warning - low operating humidity limit exceeded
0b12 Warning - microcode security at risk
0b13 Warning - microcode digital signature validation failure
0b14 Warning - physical element status change
0c00 Write error
0c01 Write error - recovered with auto reallocation
0c02 Write error - auto reallocation failed
0c03 Write error - recommend reassignment
0c04 Compression check miscompare error
0c05 Data expansion occurred during compression
0c06 Block not compressible
0c07 Write error - recovery needed
0c08 Write error - recovery failed
0c09 Write error - loss of streaming
0c0a Write error - padding blocks added
0c0b Auxiliary memory write error
0c0c Write error - unexpected unsolicited data
0c0d Write error - not enough unsolicited data
0c0e Multiple write errors
0c0f Defects in error window
0c10 Incomplete multiple atomic write operations
0c11 Write error - recovery scan needed
0c12 Write error - insufficient zone resources
0d00 Error detected by third party temporary initiator
0d01 Third party device failure
0d02 Copy target device not reachable
0d03 Incorrect copy target device type
0d04 Copy target device data underrun
0d05 Copy target device data overrun
0e00 Invalid information unit
0e01 Information unit too short
0e02 Information unit too long
0e03 Invalid field in command information unit
1000 ID CRC or ECC error
1001 Logical block guard check failed
1002 Logical block application tag check failed
1003 Logical block reference tag check failed
1004 Logical block protection error on recover buffered data
1005 Logical block protection method error
1100 Unrecovered read error
1101 Read retries exhausted
1102 Error too long to correct
1103 Multiple read errors
1104 Unrecovered read error - auto reallocate failed
1105 L-EC uncorrectable error
1106 CIRC unrecovered error
1107 Data re-synchronization error
1108 Incomplete block read
1109 No gap found
110a Miscorrected error
110b Unrecovered read error - recommend reassignment
110c Unrecovered read error - recommend rewrite the data
110d De-compression CRC error
110e Cannot decompress using declared algorithm
110f Error reading UPC/EAN number
1110 Error reading ISRC number
1111 Read error - loss of streaming
1112 Auxiliary memory read error
1113 Read error - failed retransmission request
1114 Read error - LBA marked bad by application client
1115 Write after sanitize required
1200 Address mark not found for ID field
1300 Address mark not found for data field
1400 Recorded entity not found
1401 Record not found
1402 Filemark or setmark not found
1403 End-of-data not found
1404 Block sequence error
1405 Record not found - recommend reassignment
1406 Record not found - data auto-reallocated
1407 Locate operation failure
1500 Random positioning error
1501 Mechanical positioning error
1502 Positioning error detected by read of medium
1600 Data synchronization mark error
1601 Data sync error - data rewritten
1602 Data sync error - recommend rewrite
1603 Data sync error - data auto-reallocated
1604 Data sync error - recommend reassignment
1700 Recovered data with no error correction applied
1701 Recovered data with retries
1702 Recovered data with positive head offset
1703 Recovered data with negative head offset
1704 Recovered data with retries and/or CIRC applied
1705 Recovered data using previous sector ID
1706 Recovered data without ECC - data auto-reallocated
1707 Recovered data without ECC - recommend reassignment
1708 Recovered data without ECC - recommend rewrite
1709 Recovered data without ECC - data rewritten
1800 Recovered data with error correction applied
1801 Recovered data with error correction and retries applied
1802 Recovered data - data auto-reallocated
1803 Recovered data with CIRC
1804 Recovered data with L-EC
1805 Recovered data - recommend reassignment
1806 Recovered data - recommend rewrite
1807 Recovered data with ECC - data rewritten
1808 Recovered data with linking
1900 Defect list error
1901 Defect list not available
1902 Defect list error in primary list
1903 Defect list error in grown list
1a00 Parameter list length error
1b00 Synchronous data transfer error
1c00 Defect list not found
1c01 Primary defect list not found
1c02 Grown defect list not found
1d00 Miscompare during verify operation
1d01 Miscompare verify of unmapped LBA
1e00 Recovered ID with ECC correction
1f00 Partial defect list transfer
2000 Invalid command operation code
2001 Access denied - initiator pending-enrolled
2002 Access denied - no access rights
2003 Access denied - invalid mgmt ID key
2004 Illegal command while in write capable state
2006 Illegal command while in explicit address mode
2007 Illegal command while in implicit address mode
2008 Access denied - enrollment conflict
2009 Access denied - invalid LU identifier
200a Access denied - invalid proxy token
200b Access denied - ACL LUN conflict
200c Illegal command when not in append-only mode
200d Not an administrative logical unit
200e Not a subsidiary logical unit
200f Not a conglomerate logical unit
2100 Logical block address out of range
2101 Invalid element address
2102 Invalid address for write
2103 Invalid write crossing layer jump
2104 Unaligned write command
2105 Write boundary violation
2106 Attempt to read invalid data
2107 Read boundary violation
2108 Misaligned write command
2109 Attempt to access gap zone
2200 Illegal function (use 20 00, 24 00, or 26 00)
2300 Invalid token operation, cause not reportable
2301 Invalid token operation, unsupported token type
2302 Invalid token operation, remote token usage not supported
2303 Invalid token operation, remote ROD token creation not supported
2304 Invalid token operation, token unknown
2305 Invalid token operation, token corrupt
2306 Invalid token operation, token revoked
2307 Invalid token operation, token expired
2308 Invalid token operation, token cancelled
2309 Invalid token operation, token deleted
230a Invalid token operation, invalid token length
2400 Invalid field in CDB
2401 CDB decryption error
2404 Security audit value frozen
2405 Security working key frozen
2406 Nonce not unique
2407 Nonce timestamp out of range
2408 Invalid XCDB
2409 Invalid fast format
2500 Logical unit not supported
2600 Invalid field in parameter list
2601 Parameter not supported
2602 Parameter value invalid
2603 Threshold parameters not supported
2604 Invalid release of persistent reservation
2605 Data decryption error
2606 Too many target descriptors
2607 Unsupported target descriptor type code
2608 Too many segment descriptors
2609 Unsupported segment descriptor type code
260a Unexpected inexact segment
260b Inline data length exceeded
260c Invalid operation for copy source or destination
260d Copy segment granularity violation
260e Invalid parameter while port is enabled
260f Invalid data-out buffer integrity check value
2610 Data decryption key fail limit reached
2611 Incomplete key-associated data set
2612 Vendor specific key reference not found
2613 Application tag mode page is invalid
2614 Tape stream mirroring prevented
2615 Copy source or copy destination not authorized
2616 Fast copy not possible
2700 Write protected
2701 Hardware write protected
2702 Logical unit software write protected
2703 Associated write protect
2704 Persistent write protect
2705 Permanent write protect
2706 Conditional write protect
2707 Space allocation failed write protect
2708 Zone is read only
2800 Not ready to ready change, medium may have changed
2801 Import or export element accessed
2802 Format-layer may have changed
2803 Import/export element accessed, medium changed
2900 Power on, reset, or bus device reset occurred
2901 Power on occurred
2902 SCSI bus reset occurred
2903 Bus device reset function occurred
2904 Device internal reset
2905 Transceiver mode changed to single-ended
2906 Transceiver mode changed to LVD
2907 I_T nexus loss occurred
2a00 Parameters changed
2a01 Mode parameters changed
2a02 Log parameters changed
2a03 Reservations preempted
2a04 Reservations released
2a05 Registrations preempted
2a06 Asymmetric access state changed
2a07 Implicit asymmetric access state transition failed
2a08 Priority changed
2a09 Capacity data has changed
2a0a Error history I_T nexus cleared
2a0b Error history snapshot released
2a0c Error recovery attributes have changed
2a0d Data encryption capabilities changed
2a10 Timestamp changed
2a11 Data encryption parameters changed by another I_T nexus
2a12 Data encryption parameters changed by vendor specific event
2a13 Data encryption key instance counter has changed
2a14 SA creation capabilities data has changed
2a15 Medium removal prevention preempted
2a16 Zone reset write pointer recommended
2b00 Copy cannot execute since host cannot disconnect
2c00 Command sequence error
2c01 Too many windows specified
2c02 Invalid combination of windows specified
2c03 Current program area is not empty
2c04 Current program area is empty
2c05 Illegal power condition request
2c06 Persistent prevent conflict
2c07 Previous busy status
2c08 Previous task set full status
2c09 Previous reservation conflict status
2c0a Partition or collection contains user objects
2c0b Not reserved
2c0c ORWRITE generation does not match
2c0d Reset write pointer not allowed
2c0e Zone is offline
2c0f Stream not open
2c10 Unwritten data in zone
2c11 Descriptor format sense data required
2c12 Zone is inactive
2c13 Well known logical unit access required
2d00 Overwrite error on update in place
2e00 Insufficient time for operation
2e01 Command timeout before processing
2e02 Command timeout during processing
2e03 Command timeout during processing due to error recovery
2f00 Commands cleared by another initiator
2f01 Commands cleared by power loss notification
2f02 Commands cleared by device server
2f03 Some commands cleared by queuing layer event
3000 Incompatible medium installed
3001 Cannot read medium - unknown format
3002 Cannot read medium - incompatible format
3003 Cleaning cartridge installed
3004 Cannot write medium - unknown format
3005 Cannot write medium - incompatible format
3006 Cannot format medium - incompatible medium
3007 Cleaning failure
3008 Cannot write - application code mismatch
3009 Current session not fixated for append
300a Cleaning request rejected
300c WORM medium - overwrite attempted
300d WORM medium - integrity check
3010 Medium not formatted
3011 Incompatible volume type
3012 Incompatible volume qualifier
3013 Cleaning volume expired
3100 Medium format corrupted
3101 Format command failed
3102 Zoned formatting failed due to spare linking
3103 Sanitize command failed
3104 Depopulation failed
3105 Depopulation restoration failed
3200 No defect spare location available
3201 Defect list update failure
3300 Tape length error
3400 Enclosure failure
3500 Enclosure services failure
3501 Unsupported enclosure function
3502 Enclosure services unavailable
3503 Enclosure services transfer failure
3504 Enclosure services transfer refused
3505 Enclosure services checksum error
3600 Ribbon, ink, or toner failure
3700 Rounded parameter
3800 Event status notification
3802 ESN - power management class event
3804 ESN - media class event
3806 ESN - device busy class event
3807 Thin provisioning soft threshold reached
3808 Depopulation interrupted
3900 Saving parameters not supported
3a00 Medium not present
3a01 Medium not present - tray closed
3a02 Medium not present - tray open
3a03 Medium not present - loadable
3a04 Medium not present - medium auxiliary memory accessible
3b00 Sequential positioning error
3b01 Tape position error at beginning-of-medium
3b02 Tape position error at end-of-medium
3b03 Tape or electronic vertical forms unit not ready
3b04 Slew failure
3b05 Paper jam
3b06 Failed to sense top-of-form
3b07 Failed to sense bottom-of-form
3b08 Reposition error
3b09 Read past end of medium
3b0a Read past beginning of medium
3b0b Position past end of medium
3b0c Position past beginning of medium
3b0d Medium destination element full
3b0e Medium source element empty
3b0f End of medium reached
3b11 Medium magazine not accessible
3b12 Medium magazine removed
3b13 Medium magazine inserted
3b14 Medium magazine locked
3b15 Medium magazine unlocked
3b16 Mechanical positioning or changer error
3b17 Read past end of user object
3b18 Element disabled
3b19 Element enabled
3b1a Data transfer device removed
3b1b Data transfer device inserted
3b1c Too many logical objects on partition to support operation
3b20 Element static information changed
3d00 Invalid bits in identify message
3e00 Logical unit has not self-configured yet
3e01 Logical unit failure
3e02 Timeout on logical unit
3e03 Logical unit failed self-test
3e04 Logical unit unable to update self-test log
3f00 Target operating conditions have changed
3f01 Microcode has been changed
3f02 Changed operating definition
3f03 Inquiry data has changed
3f04 Component device attached
3f05 Device identifier changed
3f06 Redundancy group created or modified
3f07 Redundancy group deleted
3f08 Spare created or modified
3f09 Spare deleted
3f0a Volume set created or modified
3f0b Volume set deleted
3f0c Volume set deassigned
3f0d Volume set reassigned
3f0e Reported LUNs data has changed
3f0f Echo buffer overwritten
3f10 Medium loadable
3f11 Medium auxiliary memory accessible
3f12 iSCSI IP address added
3f13 iSCSI IP address removed
3f14 iSCSI IP address changed
3f15 Inspect referrals sense descriptors
3f16 Microcode has been changed without reset
3f17 Zone transition to full
3f18 Bind completed
3f19 Bind redirected
3f1a Subsidiary binding changed
4000 RAM failure
4100 Data path failure
4200 Power-on or self-test failure
4300 Message error
4400 Internal target failure
4401 Persistent reservation information lost
4471 ATA device failed set features
4500 Select or reselect failure
4600 Unsuccessful soft reset
4700 SCSI parity error
4701 Data phase CRC error detected
4702 SCSI parity error detected during ST data phase
4703 Information unit iuCRC error detected
4704 Asynchronous information protection error detected
4705 Protocol service CRC error
4706 PHY test function in progress
477f Some commands cleared by iSCSI protocol event
4800 Initiator detected error message received
4900 Invalid message error
4a00 Command phase error
4b00 Data phase error
4b01 Invalid target port transfer tag received
4b02 Too much write data
4b03 ACK/NAK timeout
4b04 NAK received
4b05 Data offset error
4b06 Initiator response timeout
4b07 Connection lost
4b08 Data-in buffer overflow - data buffer size
4b09 Data-in buffer overflow - data buffer descriptor area
4b0a Data-in buffer error
4b0b Data-out buffer overflow - data buffer size
4b0c Data-out buffer overflow - data buffer descriptor area
4b0d Data-out buffer error
4b0e PCIe fabric error
4b0f PCIe completion timeout
4b10 PCIe completer abort
4b11 PCIe poisoned TLP received
4b12 PCIe ECRC check failed
4b13 PCIe unsupported request
4b14 PCIe ACS violation
4b15 PCIe TLP prefix blocked
4c00 Logical unit failed self-configuration
4e00 Overlapped commands attempted
5000 Write append error
5001 Write append position error
5002 Position error related to timing
5100 Erase failure
5101 Erase failure - incomplete erase operation detected
5200 Cartridge fault
5300 Media load or eject failed
5301 Unload tape failure
5302 Medium removal prevented
5303 Medium removal prevented by data transfer element
5304 Medium thread or unthread failure
5305 Volume identifier invalid
5306 Volume identifier missing
5307 Duplicate volume identifier
5308 Element status unknown
5309 Data transfer device error - load failed
530a Data transfer device error - unload failed
530b Data transfer device error - unload missing
530c Data transfer device error - eject failed
530d Data transfer device error - library communication failed
5400 SCSI to host system interface failure
5500 System resource failure
5501 System buffer full
5502 Insufficient reservation resources
5503 Insufficient resources
5504 Insufficient registration resources
5505 Insufficient access control resources
5506 Auxiliary memory out of space
5507 Quota error
5508 Maximum number of supplemental decryption keys exceeded
5509 Medium auxiliary memory not accessible
550a Data currently unavailable
550b Insufficient power for operation
550c Insufficient resources to create ROD
550d Insufficient resources to create ROD token
550e Insufficient zone resources
550f Insufficient zone resources to complete write
5510 Maximum number of streams open
5511 Insufficient resources to bind
5700 Unable to recover table-of-contents
5800 Generation does not exist
5900 Updated block read
5a00 Operator request or state change input
5a01 Operator medium removal request
5a02 Operator selected write protect
5a03 Operator selected write permit
5b00 Log exception
5b01 Threshold condition met
5b02 Log counter at maximum
5b03 Log list codes exhausted
5c00 RPL status change
5c01 Spindles synchronized
5c02 Spindles not synchronized
5d00 Failure prediction threshold exceeded
5d01 Media failure prediction threshold exceeded
5d02 Logical unit failure prediction threshold exceeded
5d03 Spare area exhaustion prediction threshold exceeded
5d1d Hardware impending failure power loss protection circuit
5d73 Media impending failure endurance limit met
5dff Failure prediction threshold exceeded (false)
5e00 Low power condition on
5e01 Idle condition activated by timer
5e02 Standby condition activated by timer
5e03 Idle condition activated by command
5e04 Standby condition activated by command
5e05 Idle_b condition activated by timer
5e06 Idle_b condition activated by command
5e07 Idle_c condition activated by timer
5e08 Idle_c condition activated by command
5e09 Standby_y condition activated by timer
5e0a Standby_y condition activated by command
5e41 Power state change to active
5e42 Power state change to idle
5e43 Power state change to standby
5e45 Power state change to sleep
5e47 Power state change to device control
6000 Lamp failure
6100 Video acquisition error
6101 Unable to acquire video
6102 Out of focus
6200 Scan head positioning error
6300 End of user area encountered on this track
6301 Packet does not fit in available space
6400 Illegal mode for this track
6401 Invalid packet size
6500 Voltage fault
6600 Automatic document feeder cover up
6601 Automatic document feeder lift up
6602 Document jam in automatic document feeder
6603 Document miss feed automatic in document feeder
6700 Configuration failure
6701 Configuration of incapable logical units failed
6702 Add logical unit failed
6703 Modification of logical unit failed
6704 Exchange of logical unit failed
6705 Remove of logical unit failed
6706 Attachment of logical unit failed
6707 Creation of logical unit failed
6708 Assign failure occurred
6709 Multiply assigned logical unit
670a Set target port groups command failed
670b ATA device feature not enabled
670c Command rejected
670d Explicit bind not allowed
6800 Logical unit not configured
6801 Subsidiary logical unit not configured
6900 Data loss on logical unit
6901 Multiple logical unit failures
6902 Parity/data mismatch
6a00 Informational, refer to log
6b00 State change has occurred
6b01 Redundancy level got better
6b02 Redundancy level got worse
6c00 Rebuild failure occurred
6d00 Recalculate failure occurred
6e00 Command to logical unit failed
6f00 Copy protection key exchange failure - authentication failure
6f01 Copy protection key exchange failure - key not present
6f02 Copy protection key exchange failure - key not established
6f03 Read of scrambled sector without authentication
6f04 Media region code is mismatched to logical unit region
6f05 Drive region must be permanent/region reset count error
6f06 Insufficient block count for binding nonce recording
6f07 Conflict in binding nonce recording
6f08 Insufficient permission
6f09 Invalid drive-host pairing server
6f0a Drive-host pairing suspended
7100 Decompression exception long algorithm ID
7200 Session fixation error
7201 Session fixation error writing lead-in
7202 Session fixation error writing lead-out
7203 Session fixation error - incomplete track in session
7204 Empty or partially written reserved track
7205 No more track reservations allowed
7206 RMZ extension is not allowed
7207 No more test zone extensions are allowed
7300 CD control error
7301 Power calibration area almost full
7302 Power calibration area is full
7303 Power calibration area error
7304 Program memory area update failure
7305 Program memory area is full
7306 RMA/PMA is almost full
7310 Current power calibration area almost full
7311 Current power calibration area is full
7317 RDZ is full
7400 Security error
7401 Unable to decrypt data
7402 Unencrypted data encountered while decrypting
7403 Incorrect data encryption key
7404 Cryptographic integrity validation failed
7405 Error decrypting data
7406 Unknown signature verification key
7407 Encryption parameters not useable
7408 Digital signature validation failure
7409 Encryption mode mismatch on read
740a Encrypted block not raw read enabled
740b Incorrect encryption parameters
740c Unable to decrypt parameter list
740d Encryption algorithm disabled
7410 SA creation parameter value invalid
7411 SA creation parameter value rejected
7412 Invalid SA usage
7421 Data encryption configuration prevented
7430 SA creation parameter not supported
7440 Authentication failed
7461 External data encryption key manager access error
7462 External data encryption key manager error
7463 External data encryption key not found
7464 External data encryption request not authorized
746e External data encryption control timeout
746f External data encryption control error
7471 Logical unit access not authorized
7479 Security conflict in translated device
`;

// Code 0x5d: what is going to fail, by the first digit of the qualifier, and how that shows, by the second.
const FAILURE_PREDICTION = 0x5d;
const COMPONENTS = ['', 'Hardware', 'Controller', 'Data channel', 'Servo', 'Spindle', 'Firmware'];
const SIGNS = [
  'general hard drive failure',
  'drive error rate too high',
  'data error rate too high',
  'seek error rate too high',
  'too many block reassigns',
  'access times too high',
  'start unit times too high',
  'channel parametrics',
  'controller detected',
  'throughput performance',
  'seek time performance',
  'spin-up retry count',
  'drive calibration retry count',
];

/** Codes whose qualifier is a number of the device. */
const NUMBERED: ReadonlyMap<number, readonly [from: number, text: string]> = new Map([
  [0x40, [0x80, 'Diagnostic failure on component']],
  [0x4d, [0x00, 'Tagged overlapped commands, task tag']],
  [0x70, [0x00, 'Decompression exception short algorithm ID of']],
]);

let texts: ReadonlyMap<number, string> | undefined;

/** The text of a code and its qualifier; null for one that is not in the table, as those of vendors. */
export function additionalSense(asc: number, ascq: number): string | null {
  texts ??= readTable();
  return texts.get((asc << 8) | ascq) ?? numbered(asc, ascq) ?? impending(asc, ascq) ?? null;
}

function readTable(): ReadonlyMap<number, string> {
  const lines = TABLE.trim().split('\n');
  return new Map(lines.map(line => [Number.parseInt(line.slice(0, 4), 16), line.slice(5)]));
}

function numbered(asc: number, ascq: number): string | undefined {
  const [from, text] = NUMBERED.get(asc) ?? [];
  return from === undefined || ascq < from ? undefined : `${text} 0x${ascq.toString(16).padStart(2, '0')}`;
}

function impending(asc: number, ascq: number): string | undefined {
  const [component, sign] = [COMPONENTS[ascq >> 4], SIGNS[ascq & 0x0f]];
  return asc === FAILURE_PREDICTION && component && sign ? `${component} impending failure ${sign}` : undefined;
}
