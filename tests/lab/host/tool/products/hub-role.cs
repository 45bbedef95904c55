// Owns the stand-in for the Hub: HTTPS on its port, a page at /, and a record of the runners that called.
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Lab.Products;

public sealed class HubRole(string folder) : IRole
{
    public void Start(CancellationToken stop)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "hub.json")))!;
        var certificate = Certificate.Read(Path.Combine(folder, "hub.pfx"), "");
        var listener = new TcpListener(IPAddress.Any, (int)settings["port"]!);
        listener.Start();
        stop.Register(listener.Stop);
        _ = Accept(listener, certificate, stop);
    }

    private static async Task Accept(TcpListener listener, Certificate certificate, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            TcpClient client;
            try { client = await listener.AcceptTcpClientAsync(stop); }
            catch (Exception) when (stop.IsCancellationRequested) { return; }
            catch (SocketException) { continue; }
            _ = Task.Run(() => Answer(client, certificate), stop);
        }
    }

    private static void Answer(TcpClient client, Certificate certificate)
    {
        using (client)
        {
            try
            {
                client.ReceiveTimeout = client.SendTimeout = 15_000;
                using var stream = Tls.Serve(client.GetStream(), certificate);
                var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
                var request = reader.ReadLine() ?? "";
                while (!string.IsNullOrEmpty(reader.ReadLine())) { }
                var path = request.Split(' ').ElementAtOrDefault(1) ?? "/";
                if (path.StartsWith("/runners/", StringComparison.Ordinal)) ProductService.Note("hub-runners.log", Uri.UnescapeDataString(path["/runners/".Length..]));
                var body = Encoding.UTF8.GetBytes("<!doctype html><title>Hub stand-in</title>The lab's stand-in for the Hub.\n");
                stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                stream.Write(body);
                stream.Flush();
            }
            catch (Exception problem) when (problem is IOException or SocketException)
            {
                // Whoever only looks whether the port is open says nothing and goes.
            }
        }
    }
}
