using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace PolarPS;

/// <summary>
/// Builds the task of an async method out of code that this assembly has itself, for the methods of a session's first request:
/// <c>[AsyncMethodBuilder(typeof(ImageTaskMethodBuilder&lt;&gt;))]</c>.
/// </summary>
/// <remarks>
/// .NET's own builder is generic over the method's state, and what is generic over a struct of ours is compiled ahead of time only where
/// the generic code is ours, too. So each method that uses .NET's has a new process compile ten others, image or not; with this one none.
/// The execution context flows as usual. A method that sets an AsyncLocal itself must not use it: its caller would see that.
/// </remarks>
/// <typeparam name="TResult">What the task gives.</typeparam>
[SuppressMessage("Performance", "CA1822", Justification = "The compiler calls them on an instance.")]
internal struct ImageTaskMethodBuilder<TResult>
{
    // What completes the task, and how, is .NET's builder; only what is generic over the state is ours.
    private AsyncTaskMethodBuilder<TResult> _ending;
    private Steps? _steps;

    /// <summary>The task.</summary>
    public Task<TResult> Task => _steps?.Task ?? _ending.Task;

    public static ImageTaskMethodBuilder<TResult> Create() => default;

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    // Called by those who box the state themselves; here it is in Steps.
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => _ = stateMachine;

    public void SetResult(TResult result)
    {
        if (_steps is null)
        {
            _ending.SetResult(result);
        }
        else
        {
            _steps.Ending.SetResult(result);
        }
    }

    public void SetException(Exception exception)
    {
        if (_steps is null)
        {
            _ending.SetException(exception);
        }
        else
        {
            _steps.Ending.SetException(exception);
        }
    }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        if (_steps is null)
        {
            var steps = new Steps<TStateMachine>();
            // First, as this builder is a part of the state that is copied.
            _steps = steps;
            steps.State = stateMachine;
        }

        awaiter.OnCompleted(_steps.Next);
    }

    // OnCompleted as well: it is the one that lets the execution context flow, which .NET's own builder does for itself.
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => AwaitOnCompleted(ref awaiter, ref stateMachine);

    private abstract class Steps
    {
        public AsyncTaskMethodBuilder<TResult> Ending = AsyncTaskMethodBuilder<TResult>.Create();
        public readonly Task<TResult> Task;
        public Action Next = null!;

        // Now, before anything can end it.
        protected Steps() => Task = Ending.Task;
    }

    private sealed class Steps<TStateMachine> : Steps
        where TStateMachine : IAsyncStateMachine
    {
        public TStateMachine State = default!;

        // Not a virtual method: the compiler of the images would not find out that there is one for each state.
        public Steps() => Next = () => State.MoveNext();
    }
}

/// <summary>The same for a method whose task gives nothing.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "The compiler calls them on an instance.")]
internal struct ImageTaskMethodBuilder
{
    // Over a class: what is generic over classes, all share.
    private ImageTaskMethodBuilder<object?> _builder;

    public Task Task => _builder.Task;

    public static ImageTaskMethodBuilder Create() => default;

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => _ = stateMachine;

    public void SetResult() => _builder.SetResult(null);

    public void SetException(Exception exception) => _builder.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref stateMachine);
}
