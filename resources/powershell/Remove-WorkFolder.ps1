<#
.SYNOPSIS
Removes a folder and all in it, only if it lies strictly below another.
.PARAMETER Root
The folder below which it must lie.
.PARAMETER Path
The folder to remove.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Root,
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Path
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Remove-Any {
    # Removes a folder, also one with paths too long for Windows PowerShell: folders inside are then moved up to its own top, under short
    # names, until what is left can be reached.
    param([string]$Top)
    for ($round = 0; [IO.Directory]::Exists($Top); $round++) {
        try { Remove-Tree $Top }
        catch [IO.PathTooLongException] {
            if ($round -ge 500) { throw }
            Move-Up $Top $round
        }
    }
}

function Move-Up {
    # Moves every folder two levels below the top to the top itself.
    param([string]$Top, [int]$Round)
    $number = 0
    foreach ($folder in [IO.Directory]::GetDirectories($Top)) {
        if (([IO.File]::GetAttributes($folder) -band [IO.FileAttributes]::ReparsePoint) -ne 0) { continue }
        foreach ($inner in [IO.Directory]::GetDirectories($folder)) {
            [IO.Directory]::Move($inner, [IO.Path]::Combine($Top, "$Round.$number"))
            $number++
        }
    }
}

function Remove-Tree {
    # A link inside is removed as a link: what it leads to is not ours.
    param([string]$Folder)
    foreach ($file in [IO.Directory]::GetFiles($Folder)) {
        [IO.File]::SetAttributes($file, [IO.FileAttributes]::Normal)
        [IO.File]::Delete($file)
    }
    foreach ($inner in [IO.Directory]::GetDirectories($Folder)) {
        if (([IO.File]::GetAttributes($inner) -band [IO.FileAttributes]::ReparsePoint) -ne 0) { [IO.Directory]::Delete($inner) }
        else { Remove-Tree $inner }
    }
    [IO.Directory]::Delete($Folder)
}

Write-Envelope {
    if (-not (Test-BelowFolder $Path $Root)) { Stop-WithCode 'outside-root' "$Path is not inside $Root. It was not removed." }
    if (-not [IO.Directory]::Exists($Path)) { return [ordered]@{ removed = $false } }
    # A folder that is a link into another place would take us out of the root.
    $folder = [IO.Path]::GetFullPath($Path).TrimEnd([char]'\', [char]'/')
    while (Test-BelowFolder $folder $Root) {
        if (([IO.File]::GetAttributes($folder) -band [IO.FileAttributes]::ReparsePoint) -ne 0) { Stop-WithCode 'outside-root' "$folder is a link to another folder. Nothing was removed." }
        $folder = [IO.Path]::GetDirectoryName($folder)
    }
    Remove-Any ([IO.Path]::GetFullPath($Path))
    [ordered]@{ removed = $true }
}
