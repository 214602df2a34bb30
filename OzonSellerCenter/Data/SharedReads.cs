namespace OzonSellerCenter.Data;

/// <summary>Lets those who ask the same at the same time share one reading. Nobody gets an answer that was begun before he asked, so each sees
/// what had been committed by then, as if he had read by himself: who asks while a reading is under way waits for the next one, together with
/// all others who do.</summary>
internal sealed class SharedReads
{
    private readonly Dictionary<object, Question> _questions = [];

    /// <summary>How many readings are waited for; for tests.</summary>
    internal int Pending
    {
        get
        {
            lock (_questions) return _questions.Count;
        }
    }

    /// <summary>The answer of a reading that begins from now on.</summary>
    /// <param name="key">What is asked, and with which rights; same keys must mean the same <paramref name="read"/>.</param>
    /// <param name="read">Begun outside of the caller's thread, and never cancelled: others may wait for it.</param>
    /// <exception cref="OperationCanceledException">The caller has left; the reading goes on for the others.</exception>
    public Task<T> AskAsync<T>(object key, Func<Task<T>> read, CancellationToken cancellation)
    {
        lock (_questions)
        {
            if (!_questions.TryGetValue(key, out var question)) _questions.Add(key, question = new Question());
            var next = (Task<T>?)question.Next;
            if (next is null)
            {
                var running = question.Running;
                question.Next = next = Task.Run(() => ReadAsync(key, question, running, read), CancellationToken.None);
            }

            return next.WaitAsync(cancellation);
        }
    }

    private async Task<T> ReadAsync<T>(object key, Question question, Task? former, Func<Task<T>> read)
    {
        // Whatever became of it is told to those who wait for that one.
        if (former is not null) await former.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_questions) (question.Running, question.Next) = (question.Next, null);
        try
        {
            return await read();
        }
        finally
        {
            lock (_questions)
            {
                if (question.Next is null) _questions.Remove(key);
            }
        }
    }

    private sealed class Question
    {
        public Task? Running { get; set; }
        public Task? Next { get; set; }
    }
}
