<#
.SYNOPSIS
Ports of 127.0.0.1 for tests.
#>
function Get-ClosedPort {
    # A port at which nobody listens.
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    $port
}

function Use-OpenPort {
    # Runs a block while somebody listens at a port, which is its argument.
    param([scriptblock]$Body, [string]$Address = '127.0.0.1')
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Parse($Address), 0)
    $listener.Start()
    try { & $Body $listener.LocalEndpoint.Port }
    finally { $listener.Stop() }
}
