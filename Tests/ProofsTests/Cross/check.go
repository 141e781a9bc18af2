// Checks what the tests wrote with Go's own transparency log code: golang.org/x/mod/sumdb/tlog and note.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type proof struct {
	Old, New int64
	Path     [][]byte
}

type input struct {
	Vkey, Skey, Text, Note string
	Leaves                 [][]byte
	Roots                  [][]byte
	Inclusion, Consistency []proof
}

func check(err error, what string) {
	if err != nil {
		fmt.Println(what+":", err)
		os.Exit(1)
	}
}

func hash(data []byte) (h tlog.Hash) {
	copy(h[:], data)
	return
}

func hashes(path [][]byte) (list []tlog.Hash) {
	for _, data := range path {
		list = append(list, hash(data))
	}
	return
}

func main() {
	data, err := os.ReadFile(os.Args[1])
	check(err, "read")
	var in input
	check(json.Unmarshal(data, &in), "json")

	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var list []tlog.Hash
		for _, index := range indexes {
			list = append(list, stored[index])
		}
		return list, nil
	})
	for size := 0; size < len(in.Roots); size++ {
		root, err := tlog.TreeHash(int64(size), reader)
		check(err, "root")
		if size > 0 && !bytes.Equal(root[:], in.Roots[size]) {
			check(fmt.Errorf("another root"), fmt.Sprint("size ", size))
		}
		if size < len(in.Leaves) {
			more, err := tlog.StoredHashes(int64(size), in.Leaves[size], reader)
			check(err, "store")
			stored = append(stored, more...)
		}
	}
	for _, p := range in.Inclusion {
		leaf := tlog.RecordHash(in.Leaves[p.Old])
		check(tlog.CheckRecord(hashes(p.Path), p.New, hash(in.Roots[p.New]), p.Old, leaf), fmt.Sprint("inclusion ", p.Old, p.New))
	}
	for _, p := range in.Consistency {
		check(tlog.CheckTree(hashes(p.Path), p.New, hash(in.Roots[p.New]), p.Old, hash(in.Roots[p.Old])), fmt.Sprint("growth ", p.Old, p.New))
	}

	verifier, err := note.NewVerifier(in.Vkey)
	check(err, "vkey")
	opened, err := note.Open([]byte(in.Note), note.VerifierList(verifier))
	check(err, "note")
	if opened.Text != in.Text {
		check(fmt.Errorf("another text"), "note")
	}
	signer, err := note.NewSigner(in.Skey)
	check(err, "skey")
	signed, err := note.Sign(&note.Note{Text: in.Text}, signer)
	check(err, "sign")
	if string(signed) != in.Note {
		check(fmt.Errorf("another signature"), "sign")
	}
	fmt.Println("agreed", len(in.Roots), len(in.Inclusion), len(in.Consistency))
}
