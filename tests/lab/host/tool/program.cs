// Owns the start: which mode was asked for, and the exit code that leaves the process.
using System.Text;

namespace Lab;

public static class Program
{
    public static int Main(string[] arguments)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        SnapIns.Supply();
        if (arguments.Length > 0 && arguments[0] == "--gate51") return Gate.GateMode.Run(arguments[1..]);
        if (arguments.Length > 0 && arguments[0] == "--lab-service") return Products.ProductService.Run(arguments[1..]);
        if (arguments.Length > 0 && arguments[0] == "--lab-setup") return Products.ProductSetup.Run(arguments[1..]);
        SessionJob.EnterIfAsked();
        if (SessionCommand.Take(arguments, out var ran) is not { } words) return ran ?? 1;
        Options options;
        try
        {
            options = Options.Parse(words);
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return 64;
        }
        var code = new Execution(options).Run();
        Console.Out.Flush();
        // Threads that a script left behind must not hold the process, as on the real thing.
        Environment.Exit(code);
        return code;
    }
}
