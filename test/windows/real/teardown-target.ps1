#Requires -Version 5.1
#Requires -PSEdition Desktop
#Requires -RunAsAdministrator
<#
.SYNOPSIS
Undoes setup-target.ps1, and nothing else.
#>
[CmdletBinding()]
param(
    # Leaves the role iSCSI Target Server installed: it takes minutes to go, and comes again with the next setup.
    [switch] $KeepRole
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# The cmdlets of the initiator and of the firewall are functions of modules: they do not see a script's preference.
$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop' }
$ProgressPreference = 'SilentlyContinue'

$prefix = 'iscsidsc-test-'
$folder = Join-Path -Path $env:ProgramData -ChildPath 'iscsidsc-test'
$stateFile = Join-Path -Path $folder -ChildPath 'state.json'
$targetKey = 'HKLM:\SOFTWARE\Microsoft\iSCSI Target'

if (-not (Test-Path -Path $stateFile)) {
    Write-Output 'setup-target.ps1 has left nothing here.'
    return
}
$state = Get-Content -Path $stateFile -Raw | ConvertFrom-Json
$ownPortals = $state.Portals.Split(',')

if ((Get-Service -Name MSiSCSI).Status -eq 'Running') {
    Write-Output 'The sessions and the portal'
    Get-IscsiSession |
        ForEach-Object { $_.TargetNodeAddress } |
        Where-Object { $_ -like "*$prefix*" } |
        Select-Object -Unique |
        ForEach-Object { Disconnect-IscsiTarget -NodeAddress $_ -Confirm:$false }
    Get-IscsiTargetPortal |
        Where-Object { $_.TargetPortalAddress -in $ownPortals } |
        ForEach-Object {
            $portal = @{
                TargetPortalAddress    = $_.TargetPortalAddress
                TargetPortalPortNumber = $_.TargetPortalPortNumber
            }
            Remove-IscsiTargetPortal @portal -Confirm:$false
        }
    if (-not $state.ServiceRan) { Stop-Service -Name MSiSCSI }
}
if ($state.StartType -eq 'Disabled') { Set-Service -Name MSiSCSI -StartupType Disabled }
Remove-NetFirewallRule -Name "$($prefix)portal" -ErrorAction SilentlyContinue
if ($state.AddedAddress) {
    Get-NetIPAddress -IPAddress $state.AddedAddress -ErrorAction SilentlyContinue |
        Remove-NetIPAddress -Confirm:$false
}

if ((Get-WindowsFeature -Name FS-iSCSITarget-Server).Installed) {
    Write-Output 'The targets and their disks'
    Get-IscsiServerTarget |
        Where-Object { $_.TargetName -like "$prefix*" } |
        ForEach-Object { Remove-IscsiServerTarget -TargetName $_.TargetName }
    Get-IscsiVirtualDisk |
        Where-Object { $_.Path -like "$folder\$prefix*" } |
        ForEach-Object { Remove-IscsiVirtualDisk -Path $_.Path }
    if ($null -eq $state.AllowLoopBack) {
        Remove-ItemProperty -Path $targetKey -Name AllowLoopBack -ErrorAction SilentlyContinue
    }
    else {
        Set-ItemProperty -Path $targetKey -Name AllowLoopBack -Value $state.AllowLoopBack -Type DWord
    }
    Restart-Service -Name WinTarget
    if ($state.AddedFeatures -and -not $KeepRole) {
        Write-Output 'The role iSCSI Target Server'
        $removed = Uninstall-WindowsFeature -Name $state.AddedFeatures
        if ("$($removed.RestartNeeded)" -ne 'No') { Write-Warning 'The role is gone after a restart.' }
    }
}
Remove-Item -Path $folder -Recurse -Force
Write-Output "Undone$(if ($KeepRole) { ', but for the role' })."
