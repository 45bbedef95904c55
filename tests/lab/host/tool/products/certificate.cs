// Owns the Hub's certificate: out of a PFX with a password, or made for itself. Managed code, because Wine's is not to be relied on here.
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Lab.Products;

public sealed record Certificate(AsymmetricKeyParameter Key, IReadOnlyList<X509Certificate> Chain)
{
    private const string name = "hub";

    public static Certificate Read(string path, string password)
    {
        using var stream = File.OpenRead(path);
        var store = new Pkcs12StoreBuilder().Build();
        store.Load(stream, password.ToCharArray());
        var alias = store.Aliases.FirstOrDefault(store.IsKeyEntry) ?? throw new InvalidDataException("The PFX holds no key.");
        return new Certificate(store.GetKey(alias).Key, store.GetCertificateChain(alias).Select(entry => entry.Certificate).ToList());
    }

    /// The service has no password to ask for, as no service has.
    public void Write(string path)
    {
        var store = new Pkcs12StoreBuilder().Build();
        store.SetKeyEntry(name, new AsymmetricKeyEntry(Key), Chain.Select(one => new X509CertificateEntry(one)).ToArray());
        using var stream = File.Create(path);
        store.Save(stream, [], new SecureRandom());
    }

    public static Certificate Make(string host)
    {
        var random = new SecureRandom();
        var maker = new RsaKeyPairGenerator();
        maker.Init(new KeyGenerationParameters(random, 2048));
        var pair = maker.GenerateKeyPair();
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(new BigInteger(64, random).Abs().Add(BigInteger.One));
        generator.SetIssuerDN(new X509Name($"CN={host}"));
        generator.SetSubjectDN(new X509Name($"CN={host}"));
        generator.SetNotBefore(DateTime.UtcNow.AddDays(-1));
        generator.SetNotAfter(DateTime.UtcNow.AddYears(1));
        generator.SetPublicKey(pair.Public);
        generator.AddExtension(X509Extensions.SubjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.DnsName, host)));
        return new Certificate(pair.Private, [generator.Generate(new Asn1SignatureFactory("SHA256WITHRSA", pair.Private, random))]);
    }
}
