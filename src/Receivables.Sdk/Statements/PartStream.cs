namespace Receivables.Sdk.Statements;

/// <summary>Gives the parts of batches out one by one: a part that is there already costs a look at a list, not a step of a state machine.</summary>
/// <param name="batches">What the reader read at a time; a batch is valid until the next one is asked for.</param>
internal sealed class PartStream(IAsyncEnumerable<List<StatementPart>> batches) : IAsyncEnumerable<StatementPart>
{
    public IAsyncEnumerator<StatementPart> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(batches.GetAsyncEnumerator(cancellationToken));

    private sealed class Enumerator(IAsyncEnumerator<List<StatementPart>> batches) : IAsyncEnumerator<StatementPart>
    {
        private List<StatementPart> _batch = [];
        private int _next;

        public StatementPart Current { get; private set; }

        public ValueTask<bool> MoveNextAsync()
        {
            var batch = _batch;
            if ((uint)_next >= (uint)batch.Count)
            {
                return MoveToNextBatchAsync();
            }

            Current = batch[_next++];
            return new ValueTask<bool>(true);
        }

        public ValueTask DisposeAsync() => batches.DisposeAsync();

        private async ValueTask<bool> MoveToNextBatchAsync()
        {
            while (await batches.MoveNextAsync().ConfigureAwait(false))
            {
                if (batches.Current.Count > 0)
                {
                    (_batch, _next) = (batches.Current, 1);
                    Current = _batch[0];
                    return true;
                }
            }

            (_batch, _next) = ([], 0);
            Current = default;
            return false;
        }
    }
}
