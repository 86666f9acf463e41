// Times Krähenbühl's DenseCRF, the library inside pydensecrf, on a problem written by our side.
// crf_driver COLOURS UNARY SIDE LABELS ROUNDS MARGINALS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
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

static void print(const char *name, const std::vector<double> &values) {
    printf("\"%s\": [", name);
    for (size_t i = 0; i < values.size(); i++)
        printf("%s%.6f", i > 0 ? ", " : "", values[i]);
    printf("], ");
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

    std::vector<double> seconds, processor;
    for (int round = 0; round <= rounds; round++) {
        auto start = std::chrono::steady_clock::now();
        std::clock_t busy = std::clock();
        DenseCRF2D crf(side, side, labels);
        crf.setUnaryEnergy(unary);
        crf.addPairwiseGaussian(1, 1, new PottsCompatibility(3));
        crf.addPairwiseBilateral(67, 67, 3, 3, 3, colours.data(), new PottsCompatibility(4));
        marginals = crf.inference(10);
        if (round == 0)
            continue;
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        processor.push_back(double(std::clock() - busy) / CLOCKS_PER_SEC);
    }

    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{");
    print("seconds", seconds);
    print("cpu_seconds", processor);
    printf("\"peak_megabytes\": %.1f}\n", usage.ru_maxrss * 1024 / 1e6);
    if (FILE *file = fopen(arguments[6], "wb")) {
        for (int label = 0; label < labels; label++)
            for (int i = 0; i < pixels; i++) {
                float value = marginals(label, i);
                fwrite(&value, sizeof value, 1, file);
            }
        fclose(file);
    }
}
