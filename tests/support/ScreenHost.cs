using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Threading;

namespace PolarPS.TestSupport
{
    /// <summary>
    /// A host whose screen keeps the warnings that it shows, as a console does. The streams of a shell are closed while it is
    /// being stopped, and what comes then is lost to them.
    /// </summary>
    public sealed class ScreenHost : PSHost
    {
        private readonly Guid _id = Guid.NewGuid();
        private readonly Screen _screen = new Screen();

        public override CultureInfo CurrentCulture
        {
            get { return Thread.CurrentThread.CurrentCulture; }
        }

        public override CultureInfo CurrentUICulture
        {
            get { return Thread.CurrentThread.CurrentUICulture; }
        }

        public override Guid InstanceId
        {
            get { return _id; }
        }

        public override string Name
        {
            get { return "Screen"; }
        }

        public override PSHostUserInterface UI
        {
            get { return _screen; }
        }

        public override Version Version
        {
            get { return new Version(1, 0); }
        }

        /// <summary>The warnings since the last call.</summary>
        public string[] TakeWarnings()
        {
            return _screen.Take();
        }

        public override void EnterNestedPrompt()
        {
            throw new NotSupportedException();
        }

        public override void ExitNestedPrompt()
        {
            throw new NotSupportedException();
        }

        public override void NotifyBeginApplication() { }

        public override void NotifyEndApplication() { }

        public override void SetShouldExit(int exitCode) { }

        private sealed class Screen : PSHostUserInterface
        {
            private readonly List<string> _warnings = new List<string>();

            public override PSHostRawUserInterface RawUI
            {
                get { return null; }
            }

            public string[] Take()
            {
                lock (_warnings)
                {
                    var taken = _warnings.ToArray();
                    _warnings.Clear();
                    return taken;
                }
            }

            public override void WriteWarningLine(string message)
            {
                lock (_warnings)
                {
                    _warnings.Add(message);
                }
            }

            public override Dictionary<string, PSObject> Prompt(
                string caption,
                string message,
                Collection<FieldDescription> descriptions
            )
            {
                throw new NotSupportedException();
            }

            public override int PromptForChoice(
                string caption,
                string message,
                Collection<ChoiceDescription> choices,
                int defaultChoice
            )
            {
                throw new NotSupportedException();
            }

            public override PSCredential PromptForCredential(
                string caption,
                string message,
                string userName,
                string targetName
            )
            {
                throw new NotSupportedException();
            }

            public override PSCredential PromptForCredential(
                string caption,
                string message,
                string userName,
                string targetName,
                PSCredentialTypes allowedCredentialTypes,
                PSCredentialUIOptions options
            )
            {
                throw new NotSupportedException();
            }

            public override string ReadLine()
            {
                throw new NotSupportedException();
            }

            public override SecureString ReadLineAsSecureString()
            {
                throw new NotSupportedException();
            }

            public override void Write(string value) { }

            public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) { }

            public override void WriteDebugLine(string message) { }

            public override void WriteErrorLine(string value) { }

            public override void WriteLine(string value) { }

            public override void WriteProgress(long sourceId, ProgressRecord record) { }

            public override void WriteVerboseLine(string message) { }
        }
    }
}
