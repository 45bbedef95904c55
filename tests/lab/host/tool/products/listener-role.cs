// Owns the stand-ins for PostgreSQL and Redis: something that listens on a TCP port and takes connections.
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Lab.Products;

public sealed class ListenerRole(string settingsFile) : IRole
{
    public void Start(CancellationToken stop)
    {
        var settings = JsonNode.Parse(File.ReadAllText(settingsFile))!;
        var listener = new TcpListener(IPAddress.Any, (int)settings["port"]!);
        listener.Start();
        stop.Register(listener.Stop);
        _ = Accept(listener, stop);
    }

    private async Task Accept(TcpListener listener, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            TcpClient client;
            try { client = await listener.AcceptTcpClientAsync(stop); }
            catch (Exception) when (stop.IsCancellationRequested) { return; }
            catch (SocketException) { continue; }
            _ = Hold(client, stop);
        }
    }

    /// Neither database speaks first; the other side ends the connection.
    private async Task Hold(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[256];
                while (await client.GetStream().ReadAsync(buffer, stop) > 0) { }
            }
            catch (Exception problem) when (problem is IOException or OperationCanceledException) { }
        }
    }
}
