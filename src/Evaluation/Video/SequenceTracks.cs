namespace FrozenSeg.Evaluation.Video;

/// <summary>The measures of a sequence, gathered frame by frame in order.</summary>
/// <param name="objects">Number of annotated objects.</param>
/// <param name="matches">Whether predicted objects are matched to annotated ones at the end.</param>
internal sealed class SequenceTracks(int objects, bool matches)
{
    private readonly ObjectTrack[] _byNumber = Tracks(objects), _absent = Tracks(objects);
    private readonly SortedDictionary<int, ObjectTrack[]> _proposals = [];
    private int _largestProposal;

    /// <summary>Adds the next frame.</summary>
    public void Add(FrameScores frame)
    {
        if (!matches)
        {
            for (int i = 0; i < objects; i++)
                _byNumber[i].Add(frame.Pairs[i][0].J, frame.Pairs[i][0].F);
            return;
        }

        _largestProposal = Math.Max(_largestProposal, frame.LargestProposal);
        // A proposal that appears late was absent before.
        foreach (int id in frame.Proposals.Where(id => !_proposals.ContainsKey(id)))
            _proposals[id] = [.. _absent.Select(track => track.Copy())];
        foreach ((int id, ObjectTrack[] tracks) in _proposals)
        {
            int place = Array.IndexOf(frame.Proposals, id);
            for (int i = 0; i < objects; i++)
            {
                (double j, double f) = place >= 0 ? frame.Pairs[i][place] : frame.Absent[i];
                tracks[i].Add(j, f);
            }
        }

        for (int i = 0; i < objects; i++)
            _absent[i].Add(frame.Absent[i].J, frame.Absent[i].F);
    }

    /// <summary>The track of each annotated object, with the proposal it is matched to.</summary>
    public ObjectTrack[] Objects()
    {
        if (!matches)
            return _byNumber;
        // As in the DAVIS tool there are as many proposals as the largest number says, those that show nothing among
        // them, and never fewer than objects: an object stays without a partner only where proposals are short.
        ObjectTrack[][] candidates = [.. Enumerable.Range(1, Math.Max(_largestProposal, objects))
            .Select(id => _proposals.GetValueOrDefault(id, _absent))];
        var values = new double[objects, candidates.Length];
        for (int i = 0; i < objects; i++)
        {
            for (int j = 0; j < candidates.Length; j++)
                values[i, j] = candidates[j][i].Mean;
        }

        int[] partners = Assignment.Best(values);
        return [.. partners.Select((partner, i) => candidates[partner][i])];
    }

    private static ObjectTrack[] Tracks(int count) => [.. Enumerable.Range(0, count).Select(_ => new ObjectTrack())];
}
