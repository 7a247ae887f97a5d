#include "services/document/writers/srgb_profile.h"

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace staraction::document {
namespace {

void Put16(std::string& out, uint32_t value) {
  out += static_cast<char>(value >> 8);
  out += static_cast<char>(value & 0xff);
}

void Put32(std::string& out, uint32_t value) {
  Put16(out, value >> 16);
  Put16(out, value & 0xffff);
}

// Numbers with 16 bits behind the point.
void PutFixed(std::string& out, double value) {
  Put32(out, static_cast<uint32_t>(static_cast<int32_t>(std::lround(value * 65536))));
}

std::string Xyz(double x, double y, double z) {
  std::string tag("XYZ \0\0\0\0", 8);
  for (const double value : {x, y, z}) PutFixed(tag, value);
  return tag;
}

// The transfer curve, 256 points.
std::string Curve() {
  constexpr int kPoints = 256;
  std::string tag("curv\0\0\0\0", 8);
  Put32(tag, kPoints);
  for (int i = 0; i < kPoints; ++i) {
    const double v = static_cast<double>(i) / (kPoints - 1);
    const double linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    Put16(tag, static_cast<uint32_t>(std::lround(linear * 65535)));
  }
  return tag;
}

std::string Description(const std::string& name) {
  std::string tag("desc\0\0\0\0", 8);
  Put32(tag, static_cast<uint32_t>(name.size() + 1));
  tag += name;
  // End of the text, no Unicode name, no script name (67 bytes of room).
  tag.append(1 + 4 + 4 + 2 + 1 + 67, '\0');
  return tag;
}

}  // namespace

std::string MakeSrgbProfile() {
  const std::string curve = Curve();
  // Primaries adapted to the white point D50 of the profile connection space.
  std::vector<std::pair<std::string, std::string>> tags = {
      {"desc", Description("sRGB IEC61966-2.1")},
      {"cprt", std::string("text\0\0\0\0", 8) + std::string("No copyright, use freely\0", 25)},
      {"wtpt", Xyz(0.9642, 1.0, 0.8249)},
      {"rXYZ", Xyz(0.43607, 0.22249, 0.01392)},
      {"gXYZ", Xyz(0.38515, 0.71687, 0.09708)},
      {"bXYZ", Xyz(0.14307, 0.06061, 0.71410)},
      {"rTRC", curve},
  };
  const size_t table = 128 + 4 + 12 * (tags.size() + 2);
  std::string directory;
  std::string data;
  Put32(directory, static_cast<uint32_t>(tags.size() + 2));
  for (const auto& [name, content] : tags) {
    const size_t offset = table + data.size();
    data += content;
    data.resize((data.size() + 3) / 4 * 4, '\0');
    // The three channels share one curve.
    const std::vector<std::string> names =
        name == "rTRC" ? std::vector<std::string>{"rTRC", "gTRC", "bTRC"} : std::vector{name};
    for (const std::string& entry : names) {
      directory += entry;
      Put32(directory, static_cast<uint32_t>(offset));
      Put32(directory, static_cast<uint32_t>(content.size()));
    }
  }
  std::string profile;
  Put32(profile, static_cast<uint32_t>(table + data.size()));
  Put32(profile, 0);           // no preferred engine
  Put32(profile, 0x02100000);  // version 2.1
  profile += "mntrRGB XYZ ";
  for (const uint32_t part : {2000U, 1U, 1U, 0U, 0U, 0U}) Put16(profile, part);  // date, fixed
  profile += "acsp";
  profile.append(28, '\0');  // platform, flags, device, intent perceptual
  for (const double value : {0.9642, 1.0, 0.8249}) PutFixed(profile, value);
  profile.append(128 - profile.size(), '\0');
  return profile + directory + data;
}

}  // namespace staraction::document
