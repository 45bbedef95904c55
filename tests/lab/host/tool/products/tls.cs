// Owns TLS for the stand-ins, in managed code: a server with one certificate, and a client that looks at what it is shown.
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using Org.BouncyCastle.Security;

namespace Lab.Products;

public static class Tls
{
    public static Stream Serve(Stream raw, Certificate certificate)
    {
        var protocol = new TlsServerProtocol(raw);
        protocol.Accept(new Server(new BcTlsCrypto(new SecureRandom()), certificate));
        return protocol.Stream;
    }

    public static Stream Connect(Stream raw, string host)
    {
        var protocol = new TlsClientProtocol(raw);
        protocol.Connect(new Client(new BcTlsCrypto(new SecureRandom()), host));
        return protocol.Stream;
    }

    private sealed class Server(BcTlsCrypto crypto, Certificate certificate) : DefaultTlsServer(crypto)
    {
        protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.TLSv13.DownTo(ProtocolVersion.TLSv12);
        protected override TlsCredentialedSigner GetRsaSignerCredentials() => Signer();
        protected override TlsCredentialedSigner GetECDsaSignerCredentials() => Signer();

        public override TlsCredentials GetCredentials() => TlsUtilities.IsTlsV13(m_context) ? Signer() : base.GetCredentials();

        /// A key that the client will not take a signature from has no place here; the handshake then fails, as it should.
        private BcDefaultTlsCredentialedSigner Signer()
        {
            var chain = certificate.Chain.Select(one => new BcTlsCertificate(crypto, one.CertificateStructure)).ToArray<TlsCertificate>();
            var body = TlsUtilities.IsTlsV13(m_context)
                ? new Org.BouncyCastle.Tls.Certificate([], chain.Select(one => new CertificateEntry(one, null)).ToArray())
                : new Org.BouncyCastle.Tls.Certificate(chain);
            var elliptic = certificate.Key is Org.BouncyCastle.Crypto.Parameters.ECKeyParameters;
            var offered = m_context.SecurityParameters.ClientSigAlgs;
            int[] wanted = elliptic ? [SignatureScheme.ecdsa_secp256r1_sha256, SignatureScheme.ecdsa_secp384r1_sha384] : TlsUtilities.IsTlsV13(m_context) ? [SignatureScheme.rsa_pss_rsae_sha256] : [SignatureScheme.rsa_pkcs1_sha256, SignatureScheme.rsa_pss_rsae_sha256];
            foreach (var scheme in wanted)
            {
                var algorithm = SignatureScheme.GetSignatureAndHashAlgorithm(scheme);
                if (offered is null || offered.Contains(algorithm)) return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(m_context), crypto, certificate.Key, body, algorithm);
            }
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
    }

    private sealed class Client(BcTlsCrypto crypto, string host) : DefaultTlsClient(crypto)
    {
        protected override IList<ServerName> GetSniServerNames() => System.Net.IPAddress.TryParse(host, out _) ? null! : [new ServerName(NameType.host_name, System.Text.Encoding.ASCII.GetBytes(host))];
        public override TlsAuthentication GetAuthentication() => new Anything();
    }

    /// The stand-in runner proves a path, not an identity.
    private sealed class Anything : TlsAuthentication
    {
        public TlsCredentials? GetClientCredentials(CertificateRequest request) => null;
        public void NotifyServerCertificate(TlsServerCertificate server) { }
    }
}
