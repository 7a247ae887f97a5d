#include "common/content/source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"

namespace staraction::content {
namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMaxFileBytes = 1 << 20;

std::optional<std::string> ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.good() && !in.eof()) return std::nullopt;
  return text;
}

std::vector<fs::path> Sorted(std::vector<fs::path> paths) {
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool ReadPack(const fs::path& folder, PackSource& pack, Problems& problems) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (entry.is_regular_file() && (extension == ".textproto" || extension == ".md")) {
      paths.push_back(entry.path());
    }
  }
  const size_t before = problems.size();
  for (const fs::path& path : Sorted(std::move(paths))) {
    const std::string inside = path.lexically_relative(folder).generic_string();
    const std::string shown = absl::StrCat(pack.folder, "/", inside);
    if (fs::file_size(path) > kMaxFileBytes) {
      problems.push_back({shown, 0, "", "larger than 1 MiB"});
      continue;
    }
    std::optional<std::string> text = ReadText(path);
    if (!text) {
      problems.push_back({shown, 0, "", "can't be read"});
      continue;
    }
    pack.files.push_back({inside, *std::move(text)});
  }
  return problems.size() == before;
}

}  // namespace

std::string Problem::ToString() const {
  return absl::StrCat(file, line > 0 ? absl::StrCat(":", line) : "", ": ",
                      path.empty() ? "" : absl::StrCat(path, ": "), text);
}

std::vector<PackSource> ReadPacks(const std::string& directory, Problems& problems) {
  std::vector<PackSource> packs;
  try {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(directory)) {
      if (fs::exists(entry.path() / "pack.textproto")) folders.push_back(entry.path());
    }
    for (const fs::path& folder : Sorted(std::move(folders))) {
      PackSource pack{folder.filename().string(), {}};
      if (ReadPack(folder, pack, problems)) packs.push_back(std::move(pack));
    }
  } catch (const fs::filesystem_error& error) {
    problems.push_back({directory, 0, "", error.what()});
  }
  return packs;
}

}  // namespace staraction::content
