// Times Krähenbühl's DenseCRF, the library inside pydensecrf, on a problem written by our side.
// crf_driver COLOURS UNARY SIDE LABELS ROUNDS MARGINALS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <sys/resource.h>
#include "densecrf.h"

template <typename T>
static std::vector<T> read(const char *path, size_t count) {
    std::vector<T> values(count);
    FILE *file = fopen(path, "rb");
    if (!file || fread(values.data(), sizeof(T), count, file) != count) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    fclose(file);
    return values;
}

int main(int, char **arguments) {
    const int side = atoi(arguments[3]), labels = atoi(arguments[4]), rounds = atoi(arguments[5]);
    const int pixels = side * side;
    std::vector<unsigned char> colours = read<unsigned char>(arguments[1], 3 * pixels);
    std::vector<float> planes = read<float>(arguments[2], (size_t)labels * pixels);
    MatrixXf unary(labels, pixels), marginals;
    for (int label = 0; label < labels; label++)
        for (int i = 0; i < pixels; i++)
            unary(label, i) = planes[(size_t)label * pixels + i];

    printf("{\"seconds\": [");
    for (int round = 0; round <= rounds; round++) {
        auto start = std::chrono::steady_clock::now();
        DenseCRF2D crf(side, side, labels);
        crf.setUnaryEnergy(unary);
        crf.addPairwiseGaussian(1, 1, new PottsCompatibility(3));
        crf.addPairwiseBilateral(67, 67, 3, 3, 3, colours.data(), new PottsCompatibility(4));
        marginals = crf.inference(10);
        double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (round > 0)
            printf("%s%.6f", round > 1 ? ", " : "", seconds);
    }

    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("], \"peak_megabytes\": %.1f}\n", usage.ru_maxrss * 1024 / 1e6);
    if (FILE *file = fopen(arguments[6], "wb")) {
        for (int label = 0; label < labels; label++)
            for (int i = 0; i < pixels; i++) {
                float value = marginals(label, i);
                fwrite(&value, sizeof value, 1, file);
            }
        fclose(file);
    }
}
