#Requires -Version 5.1
#Requires -PSEdition Desktop
#Requires -RunAsAdministrator
<#
.SYNOPSIS
Makes this Windows Server an iSCSI target for itself and logs in: two targets, a session with one and two with the
other.
.DESCRIPTION
For a machine without iSCSI of its own: it refuses to run where it finds sessions, portals or targets that it has not
made. It can be run again. teardown-target.ps1 undoes it.
#>
[CmdletBinding()]
param()
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# The cmdlets of the initiator and of the firewall are functions of modules: they do not see a script's preference.
$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop' }
$ProgressPreference = 'SilentlyContinue'

$prefix = 'iscsidsc-test-'
$folder = Join-Path -Path $env:ProgramData -ChildPath 'iscsidsc-test'
$stateFile = Join-Path -Path $folder -ChildPath 'state.json'
$targetKey = 'HKLM:\SOFTWARE\Microsoft\iSCSI Target'

function Assert-NoneForeign {
    param([string] $What, [string[]] $Name, [string] $Own = "*$prefix*")
    $foreign = @($Name | Where-Object { $_ -and $_ -notlike $Own })
    if ($foreign.Count -gt 0) {
        throw "This machine has $What of its own, so this script is not for it: $($foreign -join ', ')"
    }
}

function Assert-NoForeignSession {
    param([string] $OwnPortal)
    if ((Get-Service -Name MSiSCSI).Status -ne 'Running') { return }
    Assert-NoneForeign -What 'sessions' -Name @(Get-IscsiSession | ForEach-Object { $_.TargetNodeAddress })
    Assert-NoneForeign -What 'portals' -Own $OwnPortal -Name @(
        Get-IscsiTargetPortal | ForEach-Object { $_.TargetPortalAddress })
}

function Get-AllowLoopBack {
    $value = Get-ItemProperty -Path $targetKey -Name AllowLoopBack -ErrorAction SilentlyContinue
    if ($value) { $value.AllowLoopBack }
}

function Get-SessionCount {
    param([string] $Iqn)
    @(Get-IscsiSession | Where-Object { $_.TargetNodeAddress -eq $Iqn }).Count
}

if ((Get-CimInstance -ClassName Win32_OperatingSystem).ProductType -eq 1) {
    throw 'The iSCSI Target Server is a role of Windows Server, and this is a Windows for clients.'
}

# What was there before, for teardown-target.ps1. A second run must not take the work of the first for it.
# The role brings the other two features along where they are not.
$features = Get-WindowsFeature -Name 'FS-iSCSITarget-Server', 'FS-FileServer', 'File-Services'
$role = $features | Where-Object { $_.Name -eq 'FS-iSCSITarget-Server' }
if (Test-Path -Path $stateFile) {
    $state = Get-Content -Path $stateFile -Raw | ConvertFrom-Json
}
else {
    $service = Get-Service -Name MSiSCSI
    $state = [pscustomobject] @{
        AddedFeatures = @($features | Where-Object { -not $_.Installed } | ForEach-Object { $_.Name })
        ServiceRan    = $service.Status -eq 'Running'
        StartType     = "$($service.StartType)"
        AllowLoopBack = [Nullable[int]] (Get-AllowLoopBack)
        Portal        = ''
    }
}
Assert-NoForeignSession -OwnPortal $state.Portal
if ($role.Installed) {
    Assert-NoneForeign -What 'targets' -Name @(Get-IscsiServerTarget | ForEach-Object { $_.TargetName })
    Assert-NoneForeign -What 'virtual disks' -Name @(Get-IscsiVirtualDisk | ForEach-Object { $_.Path })
}
New-Item -Path $folder -ItemType Directory -Force | Out-Null
ConvertTo-Json -InputObject $state | Set-Content -Path $stateFile -Encoding UTF8

Write-Output 'The role iSCSI Target Server (takes minutes)'
$installed = Install-WindowsFeature -Name FS-iSCSITarget-Server
if ("$($installed.RestartNeeded)" -ne 'No') { throw 'The role wants a restart: restart, and run this again.' }
# By itself it refuses the initiator of its own machine. WinTarget reads the value when it starts.
if (-not (Test-Path -Path $targetKey)) { New-Item -Path $targetKey | Out-Null }
if ((Get-AllowLoopBack) -ne 1) {
    Set-ItemProperty -Path $targetKey -Name AllowLoopBack -Value 1 -Type DWord
    Restart-Service -Name WinTarget
}
Start-Service -Name WinTarget

Write-Output 'The initiator'
if ($state.StartType -eq 'Disabled') { Set-Service -Name MSiSCSI -StartupType Manual }
Start-Service -Name MSiSCSI
# The service has brought back what was registered.
Assert-NoForeignSession -OwnPortal $state.Portal

# Not 127.0.0.1: the target does not listen there, and refuses it even with AllowLoopBack.
$portal = (Get-IscsiTargetServerSetting).Portals |
    Where-Object { $_.Enabled -and "$($_.IPEndpoint.AddressFamily)" -eq 'InterNetwork' } |
    Where-Object { "$($_.IPEndpoint.Address)" -notmatch '^(127|169\.254)\.' } |
    Select-Object -First 1
if (-not $portal) { throw 'The target listens on no IPv4 address of this machine.' }
$address = "$($portal.IPEndpoint.Address)"
$port = $portal.IPEndpoint.Port
$state.Portal = $address
ConvertTo-Json -InputObject $state | Set-Content -Path $stateFile -Encoding UTF8
if (-not (Get-NetFirewallRule -Name "$($prefix)portal" -ErrorAction SilentlyContinue)) {
    $rule = @{ Direction = 'Inbound'; Protocol = 'TCP'; LocalPort = $port; RemoteAddress = $address; Action = 'Allow' }
    New-NetFirewallRule -Name "$($prefix)portal" -DisplayName "$($prefix)portal" @rule | Out-Null
}

$initiator = Get-InitiatorPort | Where-Object { $_.NodeAddress -like 'iqn.*' } | Select-Object -First 1
Write-Output "Two targets for $($initiator.NodeAddress)"
$iqns = foreach ($number in 1, 2) {
    $name = "$prefix$number"
    $disk = Join-Path -Path $folder -ChildPath "$name.vhdx"
    if (-not (Get-IscsiVirtualDisk | Where-Object { $_.Path -eq $disk })) {
        New-IscsiVirtualDisk -Path $disk -SizeBytes 100MB | Out-Null
    }
    $target = Get-IscsiServerTarget | Where-Object { $_.TargetName -eq $name }
    if (-not $target) {
        $target = New-IscsiServerTarget -TargetName $name -InitiatorIds "IQN:$($initiator.NodeAddress)"
        Add-IscsiVirtualDiskTargetMapping -TargetName $name -Path $disk | Out-Null
    }
    # The initiator's cmdlets know names in small letters only.
    "$($target.TargetIqn)".ToLowerInvariant()
}

Write-Output "The portal $($address):$port, and the sessions"
if (Get-IscsiTargetPortal | Where-Object { $_.TargetPortalAddress -eq $address }) {
    Update-IscsiTargetPortal -TargetPortalAddress $address -TargetPortalPortNumber $port
}
else {
    New-IscsiTargetPortal -TargetPortalAddress $address -TargetPortalPortNumber $port | Out-Null
}
# Else the session would be there again after a restart.
$login = @{ TargetPortalAddress = $address; TargetPortalPortNumber = $port; IsPersistent = $false }
foreach ($iqn in $iqns) {
    if ((Get-SessionCount -Iqn $iqn) -eq 0) { Connect-IscsiTarget -NodeAddress $iqn @login | Out-Null }
}
# Two sessions with one target, where this Windows does that without the feature Multipath I/O. (Microsoft's target
# takes no second connection in a session.)
if ((Get-SessionCount -Iqn $iqns[0]) -eq 1) {
    try { Connect-IscsiTarget -NodeAddress $iqns[0] -IsMultipathEnabled $true @login | Out-Null }
    catch { Write-Warning "No second session with $($iqns[0]): $_" }
}

# Disks come some time after their sessions.
foreach ($second in 1..30) {
    $bare = @(Get-IscsiSession | Where-Object { -not (Get-Disk -iSCSISession $_ -ErrorAction SilentlyContinue) })
    if ($bare.Count -eq 0) { break }
    Write-Verbose "After $second s, $($bare.Count) session(s) have no disk."
    Start-Sleep -Seconds 1
}
Get-IscsiSession | Format-Table -Property 'SessionIdentifier', 'TargetNodeAddress', 'IsConnected', 'NumberOfConnections'
