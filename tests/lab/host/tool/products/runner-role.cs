// Owns the stand-in for a Runner: it calls the Hub over TLS until it has been heard, and says so in its own log.
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Lab.Products;

public sealed class RunnerRole(string folder) : IRole
{
    public void Start(CancellationToken stop)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "runner.json")))!;
        var hub = (string?)settings["hub"] is { Length: > 0 } text ? new Uri(text) : null;
        var name = (string)JsonNode.Parse(File.ReadAllText(Path.Combine(ProductService.State, "host.json")))!["name"]!;
        if (hub is not null) _ = Call(hub, name, stop);
    }

    private static async Task Call(Uri hub, string name, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Once(hub, name, stop);
                ProductService.Note("runner.log", $"connected to {hub}");
                return;
            }
            catch (Exception problem) when (problem is IOException or SocketException)
            {
                ProductService.Note("runner.log", $"no connection to {hub}: {problem.Message}");
            }
            try { await Task.Delay(1000, stop); }
            catch (OperationCanceledException) { return; }
        }
    }

    private static async Task Once(Uri hub, string name, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(hub.Host, hub.Port, stop);
        client.ReceiveTimeout = client.SendTimeout = 15_000;
        using var stream = Tls.Connect(client.GetStream(), hub.Host);
        stream.Write(Encoding.ASCII.GetBytes($"GET /runners/{Uri.EscapeDataString(name)} HTTP/1.1\r\nHost: {hub.Authority}\r\nConnection: close\r\n\r\n"));
        stream.Flush();
        var answer = new StreamReader(stream, Encoding.ASCII).ReadLine() ?? "";
        if (!answer.Contains(" 200 ", StringComparison.Ordinal)) throw new IOException($"the Hub answered '{answer}'");
    }
}
