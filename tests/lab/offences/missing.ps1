param([string]$Name) # offence: strict, stop, help
Write-Output $Name
Write-Output 'Größe' # offence: ascii
Write-Output 'a' 'b' # the next line cannot be read
$x = ( # offence: parse
