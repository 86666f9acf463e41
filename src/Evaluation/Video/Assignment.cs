namespace FrozenSeg.Evaluation.Video;

/// <summary>
/// Pairs rows with columns so that the sum of their values is largest (the Hungarian method, by shortest paths).
/// </summary>
internal static class Assignment
{
    /// <summary>The column of each row; every column is used at most once.</summary>
    /// <param name="values">At least as many columns as rows.</param>
    public static int[] Best(double[,] values)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, rows);
        // Potentials of rows and columns; column 0 and row 0 are the method's own, all others count from 1.
        double[] row = new double[rows + 1], column = new double[columns + 1];
        var rowOf = new int[columns + 1];
        for (int next = 1; next <= rows; next++)
            Augment(values, next, row, column, rowOf);

        var result = new int[rows];
        for (int j = 1; j <= columns; j++)
        {
            if (rowOf[j] > 0)
                result[rowOf[j] - 1] = j - 1;
        }

        return result;
    }

    private static void Augment(double[,] values, int start, double[] row, double[] column, int[] rowOf)
    {
        int columns = column.Length - 1;
        var distance = new double[columns + 1];
        Array.Fill(distance, double.PositiveInfinity);
        var cameFrom = new int[columns + 1];
        var isDone = new bool[columns + 1];
        rowOf[0] = start;
        int at = 0;
        do
        {
            isDone[at] = true;
            int i = rowOf[at], nearest = 0;
            double step = double.PositiveInfinity;
            for (int j = 1; j <= columns; j++)
            {
                if (isDone[j])
                    continue;
                double cost = -values[i - 1, j - 1] - row[i] - column[j];
                if (cost < distance[j])
                    (distance[j], cameFrom[j]) = (cost, at);
                if (distance[j] < step)
                    (step, nearest) = (distance[j], j);
            }

            for (int j = 0; j <= columns; j++)
            {
                if (isDone[j])
                {
                    row[rowOf[j]] += step;
                    column[j] -= step;
                }
                else
                {
                    distance[j] -= step;
                }
            }

            at = nearest;
        }
        while (rowOf[at] != 0);

        for (; at != 0; at = cameFrom[at])
            rowOf[at] = rowOf[cameFrom[at]];
    }
}
