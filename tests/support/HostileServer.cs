using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace PolarPS.Tests
{
    /// <summary>
    /// A server that answers every request with the bytes it was given last, whatever they are. Loaded with Add-Type, on Windows
    /// PowerShell too, hence without newer syntax.
    /// </summary>
    public sealed class HostileServer : IDisposable
    {
        private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
        private volatile byte[] _answer = new byte[0];
        private volatile bool _ended;
        private int _requests;

        public HostileServer()
        {
            _listener.Start();
            var thread = new Thread(Accept);
            thread.IsBackground = true;
            thread.Start();
        }

        public int Port
        {
            get { return ((IPEndPoint)_listener.LocalEndpoint).Port; }
        }

        /// <summary>How many requests were answered.</summary>
        public int Requests
        {
            get { return Volatile.Read(ref _requests); }
        }

        /// <summary>Sets the next answers: the body follows a head with this status line and content type.</summary>
        /// <param name="missing">How many bytes of the body are promised and do not come.</param>
        public void Answer(string status, string contentType, byte[] body, int missing)
        {
            var head = Encoding.UTF8.GetBytes(
                "HTTP/1.1 "
                    + status
                    + "\r\nContent-Type: "
                    + contentType
                    + "\r\nContent-Length: "
                    + (body.Length + missing)
                    + "\r\nConnection: close\r\n\r\n"
            );
            var answer = new byte[head.Length + body.Length];
            head.CopyTo(answer, 0);
            body.CopyTo(answer, head.Length);
            _answer = answer;
        }

        public void Dispose()
        {
            _ended = true;
            _listener.Stop();
        }

        private void Accept()
        {
            while (!_ended)
            {
                try
                {
                    var client = _listener.AcceptTcpClient();
                    ThreadPool.QueueUserWorkItem(_ => Serve(client));
                }
                catch (Exception)
                {
                    return;
                }
            }
        }

        private void Serve(TcpClient client)
        {
            try
            {
                using (client)
                using (var stream = client.GetStream())
                {
                    Read(stream);
                    Interlocked.Increment(ref _requests);
                    var answer = _answer;
                    stream.Write(answer, 0, answer.Length);
                    stream.Flush();
                    client.Client.Shutdown(SocketShutdown.Send);
                }
            }
            catch (IOException) { }
            catch (SocketException) { }
            catch (ObjectDisposedException) { }
        }

        // The head, and as much of a body as it promises: an answer that comes sooner would tear the connection.
        private static void Read(Stream stream)
        {
            var head = new StringBuilder();
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var next = stream.ReadByte();
                if (next < 0)
                {
                    return;
                }

                head.Append((char)next);
            }

            var text = head.ToString().ToLowerInvariant();
            var at = text.IndexOf("content-length:", StringComparison.Ordinal);
            var length = at < 0 ? 0 : int.Parse(text.Substring(at + 15, text.IndexOf('\r', at) - at - 15).Trim());
            for (var i = 0; i < length; i++)
            {
                if (stream.ReadByte() < 0)
                {
                    return;
                }
            }
        }
    }
}
