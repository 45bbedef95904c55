# The gate's way in: the words are those of GateMode, and so are the exit codes.
Add-Type -LiteralPath "$PSScriptRoot/Lab.Gate.dll"
exit [Lab.Gate.GateMode]::Run($args)
