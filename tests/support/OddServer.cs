using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;

namespace PolarPS.Tests
{
    /// <summary>
    /// A server for what the emulator's host cannot do: speak TLS with a certificate that nobody trusts, talk no HTTP at all,
    /// answer a byte at a time. Loaded with Add-Type, on Windows PowerShell too, hence without newer syntax.
    /// </summary>
    public sealed class OddServer : IDisposable
    {
        private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly string _kind;
        private readonly X509Certificate2 _certificate;
        private readonly List<string> _heard = new List<string>();
        private volatile bool _ended;
        private int _connections;

        /// <param name="kind">Tls: TLS, self-signed. Noise: something that is not HTTP. Trickle, TrickleCsv: a response that takes forever.</param>
        public OddServer(string kind)
        {
            _kind = kind;
            _certificate = kind == "Tls" ? SelfSigned() : null;
            _listener.Start();
            var thread = new Thread(Accept);
            thread.IsBackground = true;
            thread.Start();
        }

        public int Port
        {
            get { return ((IPEndPoint)_listener.LocalEndpoint).Port; }
        }

        /// <summary>How many connections were opened.</summary>
        public int Connections
        {
            get { return Volatile.Read(ref _connections); }
        }

        /// <summary>The requests that arrived in readable form, each as far as its headers go.</summary>
        public string[] Heard
        {
            get
            {
                lock (_heard)
                {
                    return _heard.ToArray();
                }
            }
        }

        /// <summary>A port at which nobody listens.</summary>
        public static int ClosedPort()
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            return port;
        }

        public void Dispose()
        {
            _ended = true;
            _listener.Stop();
        }

        private static X509Certificate2 SelfSigned()
        {
            using (var key = RSA.Create())
            {
                var request = new CertificateRequest(
                    "CN=localhost",
                    key,
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                );
                using (
                    var made = request.CreateSelfSigned(DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1))
                )
                {
                    // By way of a file's form, because Windows does not serve with a key that lives in memory only.
                    return new X509Certificate2(made.Export(X509ContentType.Pfx));
                }
            }
        }

        private void Accept()
        {
            while (!_ended)
            {
                TcpClient client;
                try
                {
                    client = _listener.AcceptTcpClient();
                }
                catch (SocketException)
                {
                    return;
                }
                catch (ObjectDisposedException)
                {
                    return;
                }

                Interlocked.Increment(ref _connections);
                var thread = new Thread(Serve);
                thread.IsBackground = true;
                thread.Start(client);
            }
        }

        private void Serve(object accepted)
        {
            try
            {
                using (var client = (TcpClient)accepted)
                using (var stream = Open(client))
                {
                    Listen(stream);
                    Answer(stream);
                }
            }
            catch (IOException)
            {
                // The other side has left.
            }
            catch (AuthenticationException)
            {
                // It does not trust the certificate, as intended.
            }
            catch (ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private Stream Open(TcpClient client)
        {
            if (_certificate == null)
            {
                return client.GetStream();
            }

            var secure = new SslStream(client.GetStream());
            secure.AuthenticateAsServer(_certificate);
            return secure;
        }

        private void Listen(Stream stream)
        {
            var text = new StringBuilder();
            var buffer = new byte[4096];
            while (text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal) < 0)
            {
                var read = stream.Read(buffer, 0, buffer.Length);
                if (read == 0)
                {
                    break;
                }

                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

            if (text.Length > 0)
            {
                lock (_heard)
                {
                    _heard.Add(text.ToString());
                }
            }
        }

        private void Answer(Stream stream)
        {
            if (_kind == "Noise")
            {
                Send(stream, "SSH-2.0-OpenSSH_9.9\r\n\r\n");
                return;
            }

            Send(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: "
                    + (_kind == "TrickleCsv" ? "text/csv" : "application/json")
                    + "\r\nContent-Length: 1000000\r\n\r\n"
                    + (_kind == "TrickleCsv" ? "Id,Email\r\n" : "{\"items\":[")
            );
            while (_kind != "Tls" && !_ended)
            {
                Send(stream, " ");
                Thread.Sleep(50);
            }
        }

        private static void Send(Stream stream, string text)
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            stream.Write(bytes, 0, bytes.Length);
            stream.Flush();
        }
    }
}
