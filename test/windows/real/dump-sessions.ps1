#Requires -Version 5.1
<#
.SYNOPSIS
Writes what Microsoft's cmdlets say of the iSCSI sessions into a JSON file. It only reads.
#>
[CmdletBinding()]
param(
    # The file to write.
    [Parameter(Mandatory)] [string] $Path
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Named one by one: a CIM instance has members of its own, which say nothing and differ between versions of PowerShell.
$sessionMembers = 'SessionIdentifier', 'InitiatorNodeAddress', 'TargetNodeAddress', 'InitiatorSideIdentifier',
    'TargetSideIdentifier', 'NumberOfConnections', 'IsConnected', 'InitiatorInstanceName', 'InitiatorPortalAddress',
    'AuthenticationType', 'IsHeaderDigest', 'IsDataDigest', 'IsPersistent', 'IsDiscovered'
$connectionMembers = 'ConnectionIdentifier', 'InitiatorAddress', 'InitiatorPortNumber', 'TargetAddress',
    'TargetPortNumber'

# That there is none, of a session that reconnects for instance, is an error to the cmdlets. It goes into the file, too.
$problems = @()
$tolerant = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = '+problems' }

$sessions = foreach ($session in Get-IscsiSession @tolerant) {
    $connections = Get-IscsiConnection -IscsiSession $session @tolerant
    $disks = Get-Disk -iSCSISession $session @tolerant
    $record = $session | Select-Object -Property $sessionMembers
    $record | Add-Member -NotePropertyName Connections -NotePropertyValue @(
        $connections | Select-Object -Property $connectionMembers)
    $record | Add-Member -NotePropertyName Disks -NotePropertyValue @($disks | Select-Object -Property 'Number', 'Path')
    $record
}

# The byte order of InitiatorPortNumber shows only against the ports that the network code has.
$portalPorts = @($sessions | ForEach-Object { $_.Connections } | ForEach-Object { $_.TargetPortNumber })
$tcpConnections = Get-NetTCPConnection @tolerant |
    Where-Object { "$($_.State)" -eq 'Established' -and $_.RemotePort -in $portalPorts } |
    Select-Object -Property 'LocalAddress', 'LocalPort', 'RemoteAddress', 'RemotePort'

$system = Get-CimInstance -ClassName Win32_OperatingSystem
$recorded = $system.Caption, $system.Version, $env:PROCESSOR_ARCHITECTURE, "PowerShell $($PSVersionTable.PSVersion)"
$dump = [ordered] @{
    recorded       = $recorded -join ', '
    sessions       = @($sessions)
    initiatorPorts = @(Get-InitiatorPort @tolerant | Select-Object -Property 'InstanceName', 'NodeAddress')
    tcpConnections = @($tcpConnections)
    problems       = @($problems | ForEach-Object { "$_" })
}

# Out-File and Set-Content of Windows PowerShell 5.1 write UTF-8 with a byte order mark, or no UTF-8 at all.
$file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
[System.IO.File]::WriteAllText($file, (ConvertTo-Json -InputObject $dump -Depth 6))
