// Owns the Windows services that the lab's installers leave behind, as one program in several roles; on a console it runs in the foreground.
using System.ServiceProcess;

namespace Lab.Products;

public static class ProductService
{
    public const string State = @"C:\LabState";

    public static int Run(string[] arguments)
    {
        IRole role = arguments switch
        {
            ["hub"] => new HubRole(@"C:\Program Files\Exekra\Hub"),
            ["redis"] => new ListenerRole(@"C:\Program Files\Exekra\Hub\runtime\redis\redis.json"),
            ["postgres"] => new ListenerRole(@"C:\Program Files\PostgreSQL\lab\postgres.json"),
            ["runner"] => new RunnerRole(@"C:\Program Files\Exekra\Runner"),
            _ => throw new ArgumentException($"The lab has no product '{string.Join(' ', arguments)}'."),
        };
        ServiceBase.Run(new Service(arguments[0], role));
        return 0;
    }

    public static void Note(string file, string line)
    {
        using var stream = new FileStream(Path.Combine(State, file), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        using var writer = new StreamWriter(stream);
        writer.WriteLine($"{DateTime.UtcNow:O} {line}");
    }

    private sealed class Service : ServiceBase
    {
        private readonly IRole role;
        private readonly CancellationTokenSource stop = new();

        public Service(string name, IRole role)
        {
            this.role = role;
            ServiceName = name;
            CanShutdown = true;
        }

        /// A role that cannot begin, because its port is taken or its certificate unreadable, fails the start, as real services do.
        protected override void OnStart(string[] args)
        {
            try { role.Start(stop.Token); }
            catch (Exception problem)
            {
                Note("service-failures.log", $"{ServiceName} {problem}");
                throw;
            }
        }

        protected override void OnStop() => stop.Cancel();
        protected override void OnShutdown() => stop.Cancel();
    }
}

public interface IRole
{
    /// Returns when the service may be called running; the work goes on until `stop`.
    void Start(CancellationToken stop);
}
