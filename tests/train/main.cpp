#include "core/base/error.h"
#include "tests/train/trainer.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>

/// train_answers FOLDER [WEIGHTS]
/// Scores the weights that Kith comes with on every annotated folder below FOLDER but train; with
/// WEIGHTS trains them anew from FOLDER/train alone, writes them there and scores those.

using namespace kith;
using namespace kith::irc;

namespace {

constexpr const char* credit =
    "Trained on data/train of the IRC disentanglement corpus of Kummerfeld et al. (2019), CC BY "
    "4.0.";

struct Recipe {
    const char* file;
    bool names;
    Training training;
};

// Set beforehand. The development files are scored only: nothing is trained on or chosen by them.
const std::array<Recipe, 4> recipes{
    Recipe{"linear.csv", true, {AnswerMethod::Linear, 12, 0.02, 1e-4, 1}},
    Recipe{"linear_without_names.csv", false, {AnswerMethod::Linear, 12, 0.02, 1e-4, 1}},
    Recipe{"hidden.csv", true, {AnswerMethod::Hidden, 12, 0.003, 0.01, 1}},
    Recipe{"hidden_without_names.csv", false, {AnswerMethod::Hidden, 12, 0.003, 0.01, 1}}};

Scores scoresOf(const std::vector<Channel>& channels, const AnswerModel* model)
{
    Scores scores;
    for (const auto& channel : channels) {
        scores.add(channel, model != nullptr ? guess(channel, *model) : guessPrevious(channel));
    }
    return scores;
}

void print(const char* what, const Scores& scores)
{
    const auto row = [](const Score& score) {
        return fmt::format("{:5.1f} {:5.1f} {:6.2f}", score.precision() * 100, score.recall() * 100,
                           score.f() * 100);
    };
    fmt::print("  {:26} {}   {}\n", what, row(scores.links), row(scores.people));
}

void printCalibration(const Scores& scores)
{
    fmt::print("  right by predicted probability:");
    for (std::size_t i = 0; i < scores.calibration.size(); ++i) {
        const auto& bucket = scores.calibration[i];
        if (bucket.found == 0) continue;
        fmt::print("  .{}-: {:.0f} % of {}", i, bucket.precision() * 100, bucket.found);
    }
    fmt::print("\n");
}

void printFolder(const std::filesystem::path& folder, const std::vector<const AnswerModel*>& models)
{
    const auto channels = readChannels(folder);
    std::size_t lines = 0;
    for (const auto& channel : channels) lines += channel.answers.size();
    fmt::print("{}: {} channels, {} annotated lines; links P R F, people P R F\n",
               folder.filename().string(), channels.size(), lines);
    print("previous line", scoresOf(channels, nullptr));
    for (std::size_t i = 0; i < models.size(); ++i) {
        const auto scores = scoresOf(channels, models[i]);
        print(recipes[i].file, scores);
        printCalibration(scores);
    }
}

std::vector<AnswerModel> trainAll(const std::filesystem::path& data,
                                  const std::filesystem::path& out)
{
    const auto channels = readChannels(data / "train");
    std::vector<AnswerModel> models;
    for (const auto& recipe : recipes) {
        const auto weights = train(examplesOf(channels, recipe.names), recipe.training);
        const auto text = csvText(
            weights, {credit, fmt::format("Made by train_answers: {} epochs, rate {}, decay {}, "
                                          "seed {}.",
                                          recipe.training.epochs, recipe.training.rate,
                                          recipe.training.decay, recipe.training.seed)});
        std::ofstream(out / recipe.file, std::ios::binary) << text;
        models.emplace_back(readAnswerWeights(text));
        fmt::print("wrote {}\n", (out / recipe.file).string());
        std::fflush(stdout);
    }
    return models;
}

void run(const std::filesystem::path& data, const char* out)
{
    std::vector<AnswerModel> fresh;
    std::vector<const AnswerModel*> models;
    if (out != nullptr) {
        fresh = trainAll(data, out);
        for (const auto& model : fresh) models.push_back(&model);
    } else {
        for (const auto& recipe : recipes) {
            models.push_back(&AnswerModel::shipped(recipe.training.method, recipe.names));
        }
    }
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator(data)) {
        if (entry.is_directory() && entry.path().filename() != "train")
            folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    for (const auto& folder : folders) printFolder(folder, models);
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2 || argc > 3) {
        std::fputs("train_answers FOLDER_OF_THE_CORPUS [FOLDER_FOR_WEIGHTS]\n", stderr);
        return 2;
    }
    try {
        run(argv[1], argc == 3 ? argv[2] : nullptr);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "train_answers: %s\n", error.what());
        return 1;
    }
    return 0;
}
