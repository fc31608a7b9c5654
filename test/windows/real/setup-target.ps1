#Requires -Version 5.1
#Requires -PSEdition Desktop
#Requires -RunAsAdministrator
<#
.SYNOPSIS
Makes this Windows Server an iSCSI target for itself and logs in: four targets, one with CHAP and one with mutual CHAP,
through two portals where that is possible; two sessions with one target and one with another.
.DESCRIPTION
For a machine without iSCSI of its own: it refuses to run where it finds sessions, portals or targets that it has not
made. It can be run again, and makes new secrets each time. What it has made, it writes into site.json in its folder,
which only administrators can read: the secrets are there and nowhere else. teardown-target.ps1 undoes it.
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
$siteFile = Join-Path -Path $folder -ChildPath 'site.json'
$targetKey = 'HKLM:\SOFTWARE\Microsoft\iSCSI Target'
# For a machine with one address. It is of a network for documentation, which nobody has.
$spareAddress = '198.51.100.10'
$targetPort = 3260
$diskBytes = 100MB

function Assert-NoneForeign {
    param([string] $What, [string[]] $Name, [string[]] $Own = @("*$prefix*"))
    $foreign = @($Name | Where-Object { $_ } | Where-Object {
            $one = $_
            @($Own | Where-Object { $one -like $_ }).Count -eq 0
        })
    if ($foreign.Count -gt 0) {
        throw "This machine has $What of its own, so this script is not for it: $($foreign -join ', ')"
    }
}

function Assert-NoForeignSession {
    param([string[]] $OwnPortal)
    if ((Get-Service -Name MSiSCSI).Status -ne 'Running') { return }
    Assert-NoneForeign -What 'sessions' -Name @(Get-IscsiSession | ForEach-Object { $_.TargetNodeAddress })
    Assert-NoneForeign -What 'portals' -Own $OwnPortal -Name @(
        Get-IscsiTargetPortal | ForEach-Object { $_.TargetPortalAddress })
}

function Get-AllowLoopBack {
    $value = Get-ItemProperty -Path $targetKey -Name AllowLoopBack -ErrorAction SilentlyContinue
    if ($value) { $value.AllowLoopBack }
}

# Not 127.0.0.1: the target does not listen there, and refuses it even with AllowLoopBack.
function Get-PortalAddress {
    (Get-IscsiTargetServerSetting).Portals |
        Where-Object { $_.Enabled -and "$($_.IPEndpoint.AddressFamily)" -eq 'InterNetwork' } |
        Where-Object { $_.IPEndpoint.Port -eq $targetPort } |
        ForEach-Object { "$($_.IPEndpoint.Address)" } |
        Where-Object { $_ -notmatch '^(127|169\.254)\.' }
}

# 14 letters and digits: a secret has 12 to 16.
function Get-RandomSecret {
    $letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
    $bytes = New-Object -TypeName 'System.Byte[]' -ArgumentList 14
    $random = New-Object -TypeName System.Security.Cryptography.RNGCryptoServiceProvider
    $random.GetBytes($bytes)
    -join ($bytes | ForEach-Object { $letters[$_ % $letters.Length] })
}

function ConvertTo-Credential {
    param([string] $Name, [string] $Text)
    $secure = New-Object -TypeName System.Security.SecureString
    foreach ($letter in $Text.ToCharArray()) { $secure.AppendChar($letter) }
    New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList $Name, $secure
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
        Portals       = ''
        AddedAddress  = ''
    }
}
Assert-NoForeignSession -OwnPortal $state.Portals.Split(',')
if ($role.Installed) {
    Assert-NoneForeign -What 'targets' -Name @(Get-IscsiServerTarget | ForEach-Object { $_.TargetName })
    Assert-NoneForeign -What 'virtual disks' -Name @(Get-IscsiVirtualDisk | ForEach-Object { $_.Path })
}
New-Item -Path $folder -ItemType Directory -Force | Out-Null
# Everyone could read it: a folder here inherits that. Administrators and the system are enough.
& icacls.exe $folder /inheritance:r /grant '*S-1-5-32-544:(OI)(CI)F' /grant '*S-1-5-18:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls has ended with $LASTEXITCODE, so the folder cannot keep secrets." }
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
Assert-NoForeignSession -OwnPortal $state.Portals.Split(',')

# What the rules must do without, and why. Empty is: nothing.
$lacks = [ordered] @{ anotherPortal = ''; mpio = ''; volumes = '' }

Write-Output 'The portals'
$addresses = @(Get-PortalAddress)
if ($addresses.Count -eq 0) { throw "The target listens on no IPv4 address of this machine, at port $targetPort." }
if ($addresses.Count -eq 1) {
    # On the loopback interface, so that the addresses of the network card stay as they are. It is gone after a restart.
    try {
        $spare = @{ InterfaceIndex = 1; IPAddress = $spareAddress; PrefixLength = 32; SkipAsSource = $true }
        if (-not (Get-NetIPAddress -IPAddress $spareAddress -ErrorAction SilentlyContinue)) {
            $state.AddedAddress = $spareAddress
            ConvertTo-Json -InputObject $state | Set-Content -Path $stateFile -Encoding UTF8
            New-NetIPAddress @spare -PolicyStore ActiveStore | Out-Null
        }
        Restart-Service -Name WinTarget
        foreach ($second in 1..15) {
            $addresses = @(Get-PortalAddress)
            if ($addresses.Count -gt 1) { break }
            Write-Verbose "After $second s, the target does not listen on $spareAddress."
            Start-Sleep -Seconds 1
        }
        if ($addresses.Count -lt 2) { throw "the target does not listen on $spareAddress" }
    }
    catch { $lacks.anotherPortal = "the machine has one address, and $_" }
}
# The first one is of the machine itself, whatever the order.
$ofMachine = @($addresses | Where-Object { $_ -ne $spareAddress })
$addresses = @($ofMachine + @($addresses | Where-Object { $_ -eq $spareAddress }) | Select-Object -First 2)
$address = $addresses[0]
$state.Portals = $addresses -join ','
ConvertTo-Json -InputObject $state | Set-Content -Path $stateFile -Encoding UTF8
Remove-NetFirewallRule -Name "$($prefix)portal" -ErrorAction SilentlyContinue
$rule = @{ Direction = 'Inbound'; Protocol = 'TCP'; LocalPort = $targetPort; Action = 'Allow' }
New-NetFirewallRule -Name "$($prefix)portal" -DisplayName "$($prefix)portal" -RemoteAddress $addresses @rule | Out-Null
$listening = @(Get-NetTCPConnection -State Listen | ForEach-Object { $_.LocalPort })
$deadPort = 3261..3299 | Where-Object { $_ -notin $listening } | Select-Object -First 1

$initiator = Get-InitiatorPort | Where-Object { $_.NodeAddress -like 'iqn.*' } | Select-Object -First 1
Write-Output "Four targets for $($initiator.NodeAddress)"
$chap = [ordered] @{ username = 'iscsidsc-test'; secret = Get-RandomSecret; mutualSecret = Get-RandomSecret }
$iqns = [ordered] @{}
foreach ($kind in 'open', 'formatted', 'chap', 'mutual') {
    $name = "$prefix$kind"
    $target = Get-IscsiServerTarget | Where-Object { $_.TargetName -eq $name }
    if (-not $target) {
        $target = New-IscsiServerTarget -TargetName $name -InitiatorIds "IQN:$($initiator.NodeAddress)"
    }
    foreach ($lun in 0, 1) {
        if ($lun -eq 1 -and $kind -ne 'open') { continue }
        $disk = Join-Path -Path $folder -ChildPath "$name-$lun.vhdx"
        if (-not (Get-IscsiVirtualDisk | Where-Object { $_.Path -eq $disk })) {
            New-IscsiVirtualDisk -Path $disk -SizeBytes $diskBytes | Out-Null
            Add-IscsiVirtualDiskTargetMapping -TargetName $name -Path $disk -Lun $lun | Out-Null
        }
    }
    # The initiator's cmdlets know names in small letters only.
    $iqns[$kind] = "$($target.TargetIqn)".ToLowerInvariant()
}
$asked = ConvertTo-Credential -Name $chap.username -Text $chap.secret
$proof = ConvertTo-Credential -Name "$($prefix)target" -Text $chap.mutualSecret
Set-IscsiServerTarget -TargetName "$($prefix)chap" -EnableChap $true -Chap $asked
$mutual = @{ EnableChap = $true; Chap = $asked; EnableReverseChap = $true; ReverseChap = $proof }
Set-IscsiServerTarget -TargetName "$($prefix)mutual" @mutual

Write-Output "The portal $($address):$targetPort, and the sessions"
$targetPortal = @{ TargetPortalAddress = $address; TargetPortalPortNumber = $targetPort }
if (Get-IscsiTargetPortal | Where-Object { $_.TargetPortalAddress -eq $address }) {
    Update-IscsiTargetPortal @targetPortal
}
else {
    New-IscsiTargetPortal @targetPortal | Out-Null
}
# Else the session would be there again after a restart.
$login = @{ TargetPortalPortNumber = $targetPort; IsPersistent = $false }
foreach ($kind in 'open', 'formatted') {
    if ((Get-SessionCount -Iqn $iqns[$kind]) -eq 0) {
        Connect-IscsiTarget -NodeAddress $iqns[$kind] -TargetPortalAddress $address @login | Out-Null
    }
}
# Two sessions with one target, where this Windows does that without the feature Multipath I/O. (Microsoft's target
# takes no second connection in a session.)
if ((Get-SessionCount -Iqn $iqns['open']) -eq 1) {
    $another = @{ NodeAddress = $iqns['open']; TargetPortalAddress = $addresses[-1]; IsMultipathEnabled = $true }
    try { Connect-IscsiTarget @another @login | Out-Null }
    catch { Write-Warning "No second session with $($iqns['open']): $_" }
}

# Disks come some time after their sessions.
foreach ($second in 1..30) {
    $bare = @(Get-IscsiSession | Where-Object { -not (Get-Disk -iSCSISession $_ -ErrorAction SilentlyContinue) })
    if ($bare.Count -eq 0) { break }
    Write-Verbose "After $second s, $($bare.Count) session(s) have no disk."
    Start-Sleep -Seconds 1
}

Write-Output 'A volume on the disk of the second target'
try {
    $disk = Get-IscsiSession |
        Where-Object { $_.TargetNodeAddress -eq $iqns['formatted'] } |
        ForEach-Object { Get-Disk -iSCSISession $_ } |
        Select-Object -First 1
    if (-not $disk) { throw 'its disk has not appeared' }
    # The one that was made above, and no other.
    if ("$($disk.BusType)" -ne 'iSCSI' -or $disk.Size -ne $diskBytes) { throw "disk $($disk.Number) is another one" }
    $number = $disk.Number
    Set-Disk -Number $number -IsOffline $false
    Set-Disk -Number $number -IsReadOnly $false
    if ("$((Get-Disk -Number $number).PartitionStyle)" -eq 'RAW') {
        Initialize-Disk -Number $number -PartitionStyle MBR
        $partition = New-Partition -DiskNumber $number -UseMaximumSize -AssignDriveLetter
        Format-Volume -Partition $partition -FileSystem NTFS -NewFileSystemLabel 'iscsidsc' -Confirm:$false | Out-Null
    }
    $letters = @(Get-Partition -DiskNumber $number | Where-Object { "$($_.DriveLetter)" -match '[A-Z]' })
    if ($letters.Count -eq 0) { throw 'the volume has no drive letter' }
}
catch { $lacks.volumes = "setup-target.ps1 could not make a volume: $_" }

if (-not (Get-WindowsFeature -Name 'Multipath-IO').Installed) {
    $lacks.mpio = 'the feature Multipath I/O is not installed'
}
elseif (-not (Get-MSDSMAutomaticClaimSettings).iSCSI) {
    $lacks.mpio = 'Multipath I/O does not claim iSCSI disks (Enable-MSDSMAutomaticClaim -BusType iSCSI)'
}
foreach ($reason in @($lacks.Values | Where-Object { $_ })) { Write-Warning "Some rules are skipped: $reason" }

$site = [ordered] @{
    targets    = $iqns
    portals    = [ordered] @{ first = $address; second = if ($addresses.Count -gt 1) { $addresses[1] } else { '' } }
    deadSocket = $deadPort
    chap       = $chap
    diskBytes  = $diskBytes
    lacks      = $lacks
}
# Out-File and Set-Content of Windows PowerShell 5.1 write UTF-8 with a byte order mark.
[System.IO.File]::WriteAllText($siteFile, (ConvertTo-Json -InputObject $site -Depth 3))
Get-IscsiSession | Format-Table -Property 'SessionIdentifier', 'TargetNodeAddress', 'IsConnected', 'NumberOfConnections'
