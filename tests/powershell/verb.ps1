<#
.SYNOPSIS
What every Pester file of this folder begins with: Rollout.psm1 as a host has it, and a verb asked as the resident PowerShell asks it.
#>
$scripts = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'resources', 'powershell'))
$RolloutTexts = @{
    Module = [IO.File]::ReadAllText([IO.Path]::Combine($scripts, 'Rollout.psm1'))
    Worker = [IO.File]::ReadAllText([IO.Path]::Combine($scripts, 'Job-Worker.ps1'))
}
. ([ScriptBlock]::Create($RolloutTexts.Module))

function Get-Envelope {
    # The one document that the verb answers with, as text.
    param([string]$Verb, [hashtable]$Parameters)
    # What cannot be bound never reaches Write-Envelope: Resident.ps1 makes the document then.
    try { $documents = @(& ([IO.Path]::Combine($scripts, "$Verb.ps1")) @Parameters) }
    catch { $documents = @(ConvertTo-FailureEnvelope $_.Exception $_.ScriptStackTrace) }
    if ($documents.Count -ne 1 -or $documents[0] -isnot [string]) { throw "$Verb gave $($documents.Count) answers instead of one text." }
    if ($documents[0] -cmatch '[^\x20-\x7e]') { throw "$Verb answers with more than ASCII: $($documents[0])" }
    $documents[0]
}

function Get-AnswerText {
    # The data of a verb's answer, as it is sent.
    param([string]$Verb, [hashtable]$Parameters = @{})
    $document = Get-Envelope $Verb $Parameters
    if (-not $document.StartsWith('{"ok":true,"data":')) { throw "$Verb refused: $document" }
    $document.Substring(18, $document.Length - 19)
}

function Get-Answer {
    # The data of a verb's answer, as it is read.
    param([string]$Verb, [hashtable]$Parameters = @{})
    ConvertFrom-Json -InputObject (Get-AnswerText $Verb $Parameters)
}

function Get-Refusal {
    # The error that a verb answers with.
    param([string]$Verb, [hashtable]$Parameters = @{})
    $document = ConvertFrom-Json -InputObject (Get-Envelope $Verb $Parameters)
    if ($document.ok) { throw "$Verb did not refuse: $(ConvertTo-Json -Compress -Depth 9 -InputObject $document)" }
    if ((@($document.error.PSObject.Properties.Name) -join ' ') -ne 'code message detail') { throw "$Verb refused in another form." }
    $document.error
}

function Get-NotAsked {
    # The parameters that the verb does without: each is left out once, and must be missed by its name.
    param([string]$Verb, [hashtable]$Parameters)
    foreach ($name in @($Parameters.Keys)) {
        $fewer = $Parameters.Clone()
        $fewer.Remove($name)
        $document = ConvertFrom-Json -InputObject (Get-Envelope $Verb $fewer)
        if ($document.ok -or $document.error.code -ne 'bad-parameter' -or $document.error.message -notmatch "\b$name\b") { $name }
    }
}

function Get-Changed {
    # The parameters with one of them changed.
    param([hashtable]$Parameters, [string]$Name, $Value)
    $changed = $Parameters.Clone()
    $changed[$Name] = $Value
    $changed
}
