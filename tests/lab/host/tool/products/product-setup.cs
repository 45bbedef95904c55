// Owns what an installer cannot do by itself: counting its starts, writing settings, taking a PFX apart. Called by the installers, never by hand.
using System.Text.Json.Nodes;

namespace Lab.Products;

public static class ProductSetup
{
    /// `--lab-setup <step> <values>`; 0 is well, anything else makes the installer say 1603.
    public static int Run(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case ["count", var name, ..]: Count(name, string.Join(' ', arguments[2..])); return 0;
                case ["certificate", var source, var target]: TakeCertificate(source, target); return 0;
                case ["settings", var file, ..]: WriteSettings(file, arguments[2..]); return 0;
                case ["service", var name, var role, ..]: MakeService(name, role, arguments.ElementAtOrDefault(3) ?? name); return 0;
                case ["restart", var by]: AskForRestart(by); return 0;
                case ["wait", var seconds]: Thread.Sleep(TimeSpan.FromSeconds(seconds.Length == 0 ? 0 : int.Parse(seconds))); return 0;
                case ["refuse", var wish]: return wish.Length == 0 ? 0 : 1;
                default: throw new ArgumentException($"The lab has no setup step '{string.Join(' ', arguments)}'.");
            }
        }
        catch (Exception problem)
        {
            ProductService.Note("setup-failures.log", problem.Message);
            return 1;
        }
    }

    private static void Count(string name, string commandLine)
    {
        Directory.CreateDirectory(Path.Combine(ProductService.State, "starts"));
        ProductService.Note(Path.Combine("starts", name + ".log"), commandLine);
    }

    private static void TakeCertificate(string source, string target)
    {
        var certificate = source.Length == 0
            ? Certificate.Make(Environment.MachineName)
            : Certificate.Read(source, Environment.GetEnvironmentVariable("LAB_HUB_PFX_PASSWORD") ?? "");
        certificate.Write(target);
    }

    private static void WriteSettings(string file, string[] pairs)
    {
        var settings = new JsonObject();
        foreach (var pair in pairs)
        {
            var (name, value) = (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
            settings[name] = int.TryParse(value, out var number) ? number : value;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, settings.ToJsonString());
    }

    private static void MakeService(string name, string role, string title)
    {
        if (!WindowsServices.All().Any(service => service.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) WindowsServices.Create(name, title, $@"C:\LabTools\lab.exe --lab-service {role}");
        using var controller = new System.ServiceProcess.ServiceController(name);
        if (controller.Status == System.ServiceProcess.ServiceControllerStatus.Running)
        {
            controller.Stop();
            controller.WaitForStatus(System.ServiceProcess.ServiceControllerStatus.Stopped, TimeSpan.FromSeconds(30));
        }
        controller.Start();
        controller.WaitForStatus(System.ServiceProcess.ServiceControllerStatus.Running, TimeSpan.FromSeconds(60));
    }

    private static void AskForRestart(string by)
    {
        var path = Path.Combine(ProductService.State, "restart.request");
        File.WriteAllText(path + ".part", new JsonObject { ["at"] = DateTime.UtcNow.ToString("O"), ["by"] = by }.ToJsonString());
        File.Move(path + ".part", path, overwrite: true);
    }
}
