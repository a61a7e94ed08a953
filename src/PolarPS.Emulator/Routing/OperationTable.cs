namespace PolarPS.Emulator;

/// <summary>All operations, and the way from a method and a path to one of them.</summary>
internal sealed class OperationTable
{
    private readonly Route[] _routes;

    public OperationTable(IEnumerable<Operation> operations)
    {
        // Fixed words are tried before parameters: /v1/customers/export before /v1/customers/{id}.
        _routes = operations.Select(operation => new Route(operation)).OrderBy(route => route.Parameters).ToArray();
        Operations = _routes.Select(route => route.Operation).ToArray();
    }

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Finds the operation; what is wrong with a path parameter goes to <paramref name="problems"/>.</summary>
    public Match Find(string method, string path, Problems problems)
    {
        var segments = path.Split('/');
        var known = false;
        foreach (var route in _routes)
        {
            if (route.Fits(segments))
            {
                known = true;
                if (route.Operation.Method == method)
                {
                    return new Match(route.Operation, route.Read(segments, problems));
                }
            }
        }

        if (known)
        {
            throw ApiException.Plain(405, "Method Not Allowed");
        }

        var other = path.EndsWith("/", StringComparison.Ordinal) ? path.TrimEnd('/') : path + "/";
        var otherSegments = other.Split('/');
        if (_routes.Any(route => route.Fits(otherSegments)))
        {
            throw new RedirectException(other);
        }

        throw ApiException.Plain(404, "Not Found");
    }

    /// <summary>Which operation a method and a path as it was sent lead to; null for none.</summary>
    public Operation? Identify(string method, string path)
    {
        var segments = Uri.UnescapeDataString(path).Split('/');
        return Array.Find(_routes, route => route.Operation.Method == method && route.Fits(segments))?.Operation;
    }

    /// <summary>An operation and the values of its path's parameters.</summary>
    internal sealed class Match
    {
        public Match(Operation operation, IReadOnlyDictionary<string, string> path)
        {
            Operation = operation;
            Path = path;
        }

        public Operation Operation { get; }

        public IReadOnlyDictionary<string, string> Path { get; }
    }

    private sealed class Route
    {
        private readonly Segment[] _segments;

        public Route(Operation operation)
        {
            Operation = operation;
            _segments = operation.Path.Split('/').Select(text => new Segment(text)).ToArray();
        }

        public Operation Operation { get; }

        public int Parameters => _segments.Count(segment => segment.IsParameter);

        public bool Fits(string[] segments)
        {
            if (segments.Length != _segments.Length)
            {
                return false;
            }

            for (var i = 0; i < segments.Length; i++)
            {
                if (_segments[i].IsParameter ? segments[i].Length == 0 : _segments[i].Name != segments[i])
                {
                    return false;
                }
            }

            return true;
        }

        public Dictionary<string, string> Read(string[] segments, Problems problems)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < segments.Length; i++)
            {
                var segment = _segments[i];
                if (segment.IsText)
                {
                    values.Add(segment.Name, segments[i]);
                }
                else if (segment.IsParameter)
                {
                    var id = Form.Uuid.Check(segments[i], Location.Path[segment.Name], problems);
                    values.Add(segment.Name, id?.GetValue<string>() ?? string.Empty);
                }
            }

            return values;
        }
    }

    private sealed class Segment
    {
        public Segment(string text)
        {
            IsParameter = text.StartsWith("{", StringComparison.Ordinal);
            IsText = text.EndsWith(":text}", StringComparison.Ordinal);
            Name = IsParameter ? text.Trim('{', '}').Split(':')[0] : text;
        }

        public string Name { get; }

        public bool IsParameter { get; }

        public bool IsText { get; }
    }
}
